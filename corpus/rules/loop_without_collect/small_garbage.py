# A little garbage before what lives on is how programs are.
import time

import analogio
import board

probe = analogio.AnalogIn(board.A0)
history = []

while True:
    level = max([probe.value for _ in range(8)])
    label = "level: {}".format(level)
    print(label)
    history.append([time.monotonic(), level])
    if len(history) > 50:
        history.pop(0)
    time.sleep(1)
