# Closures with nonlocal state: counters, debouncers, a limiter, and a table of lambdas.
def counter(start, step):
    value = start

    def bump():
        nonlocal value
        value += step
        return value

    return bump


def debounce(needed):
    seen = 0
    stable = 0

    def feed(level):
        nonlocal seen, stable
        if level == stable:
            seen = 0
        else:
            seen += 1
            if seen >= needed:
                stable = level
                seen = 0
        return stable

    return feed


def chain(*steps):
    def run(value):
        for step in steps:
            value = step(value)
        return value

    return run


ids = counter(100, 5)
for _ in range(7):
    last = ids()
print(last)

button = debounce(3)
levels = "0101110111111000001010000"
out = ""
for c in levels:
    out += str(button(int(c)))
print(out)

scale = chain(lambda v: v - 32, lambda v: v * 5, lambda v: v // 9)
limit = chain(scale, lambda v: max(v, 0), lambda v: min(v, 40))
print([limit(f) for f in (20, 50, 86, 212)])
handlers = {}
for name in ("up", "down", "left"):
    handlers[name] = lambda n, name=name: name[0] * n
print(handlers["up"](3) + handlers["left"](2))
