# Items, slices, functions, modules and small values are none of this rule's business.
import math

import board

uart = board.UART()
table = {"a": bytearray(4096), "b": 1}
samples = [0] * 2000
count = 17
pads = [board.A0, board.A1, board.A2]


def once():
    return math.sqrt(2)


once()
del once
del math
del table["a"]
del samples[0:1000]
del count
del pads
big = bytearray(4096)
uart.readinto(big)
