# What is gone with its statement or its function does not hold a place.
import time

import analogio
import board

probe = analogio.AnalogIn(board.A0)
uart = board.UART()


def total():
    samples = [probe.value for _ in range(600)]
    return sum(samples)


while True:
    print(sum([probe.value for _ in range(500)]))
    print(total())  # expect: missing-post-function-collect
    time.sleep(1)
