# Every kind of buffer counts, and so does the list that only fills another one.
import array
import board
import displayio
from ulab import numpy as np

ROWS = 64


def average(values):
    return sum(values) / len(values)


def draw(bitmap, level):
    for x in range(bitmap.width):
        bitmap[x, level] = 1


while True:
    samples = array.array("H", [0] * 600)  # expect
    print(average(samples))
    zeros = [0] * 500  # expect
    zeros[3] = 1
    print(average(zeros))
    field = displayio.Bitmap(128, 64, 16)  # expect: "4,096 bytes"
    draw(field, 3)
    spectrum = np.zeros(512)  # expect: "2,048 bytes"
    spectrum[0] = 1
    print(sum(spectrum))
    line = bytes(ROWS * 32)  # expect: "2,049 bytes"
    board.UART().write(line)
    filler = b"\xff" * 2000  # expect
    board.UART().write(filler)
