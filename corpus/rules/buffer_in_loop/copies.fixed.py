# Copies of other buffers: a view takes one small object, and what only reads needs no copy. None of
# these can be made before the loop, for each pass copies something else.
import array

import board
import busio

spi = busio.SPI(board.SCK, board.MOSI, board.MISO)
data = bytearray(8192)
levels = array.array("H", [0] * 2000)

while True:
    spi.readinto(data)
    spi.write(data[4096:])  # expect: "Take a `memoryview` once and slice that (16 bytes each)"
    print(sum(levels[3:]))  # expect: "memoryview"
    half = data[:4096]  # expect: "or, where it must be a copy"
    half[0] = 1
    spi.write(half)
    sent = bytes(data)  # expect: "Hand on what it is a copy of"
    spi.write(sent)
