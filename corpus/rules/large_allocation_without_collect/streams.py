# Streaming forms ask for no run of the whole length, and a retry provides for failure.
import json
import time

import analogio
import board

probe = analogio.AnalogIn(board.A0)
latest = {}
frames = []

while True:
    print(max([probe.value for _ in range(500)]))
    with open("/state.json") as source:
        latest["state"] = json.load(source)
    try:
        frames.append(bytearray(2000))
    except MemoryError:
        frames.clear()
    time.sleep(1)
