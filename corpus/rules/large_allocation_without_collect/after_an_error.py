# What is made after an error is rare; a text is no buffer.
import time

import analogio
import board

probe = analogio.AnalogIn(board.A0)
frames = []
line = ""

while True:
    print(max([probe.value for _ in range(500)]))
    try:
        print(probe.value)
    except RuntimeError:
        frames.append(bytearray(2000))
    line = "-" * 2000
    print(line)
    time.sleep(1)
