# A little garbage before a large object, and old values that are still bound, are none of this
# rule's business.
import time

import analogio
import board

probe = analogio.AnalogIn(board.A0)
frames = []

while True:
    print(max([probe.value for _ in range(8)]))
    print("level {}".format(probe.value))
    frames.append([0] * 400)
    if len(frames) > 5:
        frames.pop(0)
    time.sleep(1)
