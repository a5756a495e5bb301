# What is made after an error is rare.
import time

import analogio
import board

probe = analogio.AnalogIn(board.A0)
errors = []

while True:
    print(max([probe.value for _ in range(200)]))
    try:
        print(probe.value)
    except RuntimeError as error:
        errors.append([time.monotonic(), str(error)])
        del errors[10:]
    time.sleep(1)
