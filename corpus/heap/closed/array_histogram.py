# Typed arrays: readings, a histogram, a running maximum and growth by append. (micro:bit)
from array import array

BINS = 10
seed = 7


def reading():
    global seed
    seed = (seed * 109 + 89) % 1021
    return seed


values = array("H", [0] * 60)
for i in range(len(values)):
    values[i] = reading()

histogram = array("B", [0] * BINS)
for value in values:
    histogram[value * BINS // 1021] += 1

rises = array("h")
last = 0
for value in values:
    if value > last:
        rises.append(value - last)
    last = value

print(sum(values), max(values))
print([n for n in histogram])
print(len(rises), rises[0], rises[-1], sum(rises))
