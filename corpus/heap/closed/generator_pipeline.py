# Generators in a chain: source, filter, pairs; consumed one item at a time. (micro:bit)
def readings(count):
    value = 50
    for n in range(count):
        value = (value * 17 + n) % 101
        yield value


def without_spikes(source, limit):
    last = None
    for value in source:
        if last is None or abs(value - last) <= limit:
            yield value
        last = value


def average_of(source, size):
    window = []
    for value in source:
        window.append(value)
        if len(window) == size:
            yield sum(window) // size
            window = []


smooth = []
for value in average_of(without_spikes(readings(60), 45), 4):
    smooth.append(value)
print(len(smooth), smooth[:3])
print(sum(v for v in readings(20) if v & 1))
first = next(readings(3))
rest = list(readings(4))
print(first, rest)
