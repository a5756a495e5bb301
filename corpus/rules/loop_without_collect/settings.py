# What a setting turns off makes no garbage on any pass.
import time

import analogio
import board

probe = analogio.AnalogIn(board.A0)
settings = {"verbose": False}
marks = []

while True:
    if settings["verbose"]:
        print(max([probe.value for _ in range(150)]))
    marks.append([probe.value, time.monotonic()])
    if len(marks) > 50:
        marks.pop(0)
    time.sleep(1)
