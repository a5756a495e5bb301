# Cooperative tasks as generators with wake-up times, ended by StopIteration. (micro:bit)
pins = [0] * 4
changes = 0


def blinker(pin, period, times):
    global changes
    for _ in range(times):
        pins[pin] ^= 1
        changes += 1
        yield period


def chaser(order):
    global changes
    for pin in order:
        pins[pin] = 1
        changes += 1
        yield 2
        pins[pin] = 0
        yield 1


tasks = [[0, blinker(0, 5, 6)], [1, blinker(1, 3, 9)], [2, chaser((2, 3, 2, 3))]]
now = 0
steps = 0
while tasks:
    now += 1
    for entry in tasks[:]:
        if entry[0] > now:
            continue
        try:
            entry[0] = now + next(entry[1])
        except StopIteration:
            tasks.remove(entry)
        steps += 1
print(now, steps, changes, pins)
