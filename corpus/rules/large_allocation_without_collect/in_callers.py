# The garbage waits in the caller, or was left in the pass before; the large object is made in
# what the loop calls.
import time

import analogio
import board

probe = analogio.AnalogIn(board.A0)
frames = []


def keep_frame():
    frames.append(bytearray(2000))  # expect: "`[probe.value for _ in range(500)]`"
    del frames[0]


def make_frame():
    return bytearray(3000)  # expect: "exactly 3,000 bytes"


def lend_frame():
    return bytearray(2500)  # expect: buffer-in-loop


frame = make_frame()
while True:
    keep_frame()
    print(max([probe.value for _ in range(500)]))
    print(frame[0], lend_frame()[0])
    frame = make_frame()  # expect: old-and-new-coexist
    time.sleep(1)
