# Generators that receive by send, delegate by yield from, and are closed.
closed = []


def averager(name):
    total = 0
    count = 0
    value = None
    try:
        while True:
            value = yield (total // count if count else 0)
            if value is None:
                return total
            total += value
            count += 1
    finally:
        closed.append(name)


def collect(names, results):
    for name in names:
        results[name] = yield from averager(name)
    yield -1


def tree(node):
    if node:
        left, key, right = node
        yield from tree(left)
        yield key
        yield from tree(right)


results = {}
job = collect(("a", "b"), results)
next(job)
for value in (10, 20, 33):
    last = job.send(value)
print(last)
print(job.send(None))
print(job.send(7), job.send(None))
print(sorted(results.items()), closed)

spare = averager("spare")
next(spare)
spare.send(4)
spare.close()
print(closed[-1])
NODES = ((None, 2, None), 5, ((None, 6, None), 8, (None, 11, None)))
print([k for k in tree(NODES)], sum(k * k for k in tree(NODES)))
