# What one call leaves behind is said at the call, once.
import time

import analogio
import board

probe = analogio.AnalogIn(board.A0)
frames = []


def mean():
    samples = [probe.value for _ in range(500)]
    return sum(samples) // len(samples)


while True:
    print(mean())  # expect: missing-post-function-collect
    frames.append(bytearray(2000))
    del frames[0]
    time.sleep(1)
