# A loop that collects on another path is not careless: a note.
import gc
import time

import analogio
import board
import digitalio

probe = analogio.AnalogIn(board.A0)
button = digitalio.DigitalInOut(board.D5)
frames = []

while True:
    print(max([probe.value for _ in range(500)]))
    frames.append(bytearray(2000))  # expect-note: "exactly 2,000 bytes"
    del frames[0]
    if not button.value:
        gc.collect()
    time.sleep(1)
