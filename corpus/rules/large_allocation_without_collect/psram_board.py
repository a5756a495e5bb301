# target: circuitpython/adafruit_matrixportal_s3
# With megabytes of memory kilobytes do no harm, and a document is a note.
import json
import time

import analogio
import board

probe = analogio.AnalogIn(board.A0)
frames = []

while True:
    print(max([probe.value for _ in range(500)]))
    frames.append(bytearray(2000))
    with open("/state.json") as source:
        print(json.loads(source.read())["mode"])
    frames.append(bytearray(70000))  # expect-note: "exactly 70,000 bytes"
    del frames[:2]
    time.sleep(1)
