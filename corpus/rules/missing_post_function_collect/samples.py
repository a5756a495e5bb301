# Big lists that a function makes for its own use are garbage when it returns; one finding for
# each function.
import time

import analogio
import board

probe = analogio.AnalogIn(board.A0)
other = analogio.AnalogIn(board.A1)


def mean():
    samples = [probe.value for _ in range(500)]
    return sum(samples) // len(samples)


def difference():
    left = [probe.value for _ in range(200)]
    right = [other.value for _ in range(200)]
    print(max(left) - max(right))


def few():
    samples = [probe.value for _ in range(8)]
    return sum(samples) // len(samples)


def nameless():
    print(max([other.value for _ in range(500)]))


while True:
    print(mean())  # expect: "`mean()`" "exactly 2,096 bytes" "every pass" "in line 18"
    difference()  # expect: "exactly 2,144 bytes"
    print(few())
    nameless()  # expect: "`nameless()`"
    mean()
    time.sleep(0.2)
