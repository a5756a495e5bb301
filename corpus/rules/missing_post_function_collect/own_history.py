# What a function takes out of its own lists is no large local that it leaves.
import time

import analogio
import board

probe = analogio.AnalogIn(board.A0)
frames = []


def keep_frame():
    frame = bytearray(2000)
    for at in range(0, len(frame), 2):
        frame[at] = probe.value >> 8
    frames.append(frame)
    del frames[0]


frames.append(bytearray(2000))
while True:
    keep_frame()
    time.sleep(1)
