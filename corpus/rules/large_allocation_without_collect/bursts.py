# What is made several times on the way is garbage as often.
import time

import analogio
import board

probe = analogio.AnalogIn(board.A0)
settings = {"bursts": 3}
frames = []

while True:
    # Each of 1,072 bytes: a list and its 256 places, the range, the function. Then the frame of the
    # pass before, 2,016 bytes.
    for _ in range(settings["bursts"]):
        print(max([probe.value for _ in range(200)]))
    frames.append(bytearray(2000))  # expect: "exactly 5,232 bytes of garbage wait"
    frames.pop(0)
    time.sleep(1)
