# What a setting turns off is made on no pass: the code alone does not show that, running it does.
import time

import analogio
import board

probe = analogio.AnalogIn(board.A0)
settings = {"verbose": False}
pages = []

while True:
    if settings["verbose"]:
        print(max([probe.value for _ in range(500)]))
    pages.append(bytearray(2000))
    pages.pop(0)
    time.sleep(1)
