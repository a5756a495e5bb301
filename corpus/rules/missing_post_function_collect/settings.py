# What a setting turns off leaves nothing; what else there is, is counted to the byte.
import time

import analogio
import board

probe = analogio.AnalogIn(board.A0)
settings = {"verbose": False}
marks = []


def sample():
    if settings["verbose"]:
        print(max([probe.value for _ in range(500)]))
    return probe.value


def bursts():
    # Each of 1,072 bytes: a list and its 256 places, the range, the function.
    for _ in range(3):
        print(max([probe.value for _ in range(200)]))


while True:
    marks.append([sample(), time.monotonic()])
    if len(marks) > 50:
        marks.pop(0)
    bursts()  # expect: "each call of `bursts()` leaves exactly 3,216 bytes of garbage"
    time.sleep(1)
