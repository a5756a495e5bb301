# Collected between the garbage and the large object: here, in the caller, in a helper, in what
# makes it, round the loop.
import gc
import time

import analogio
import board

probe = analogio.AnalogIn(board.A0)
frames = []


def tidy():
    gc.collect()


def keep_frame():
    frames.append(bytearray(2000))
    del frames[0]


def collect_and_keep():
    gc.collect()
    frames.append(bytearray(2000))
    del frames[0]


def straight():
    while True:
        print(max([probe.value for _ in range(500)]))
        gc.collect()
        frames.append(bytearray(2000))
        del frames[0]
        time.sleep(1)


def helper():
    while True:
        print(max([probe.value for _ in range(500)]))
        tidy()
        keep_frame()
        time.sleep(1)


def callee():
    while True:
        print(max([probe.value for _ in range(500)]))
        collect_and_keep()
        time.sleep(1)


if probe.value > 30000:
    straight()
elif probe.value > 20000:
    helper()
elif probe.value > 10000:
    callee()
while True:
    frames.append(bytearray(2000))
    del frames[0]
    print(max([probe.value for _ in range(500)]))
    time.sleep(1)
    gc.collect()
