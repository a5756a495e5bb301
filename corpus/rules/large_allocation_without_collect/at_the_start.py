# The program's first large objects: no loop that never ends comes to them.
import json

import analogio
import board

probe = analogio.AnalogIn(board.A0)

with open("/state.json") as source:
    print(json.loads(source.read())["mode"])
print(max([probe.value for _ in range(500)]))
frame = bytearray(9000)
frames = []
for _ in range(3):
    print(max([probe.value for _ in range(500)]))
    frames.append(bytearray(2000))

while True:
    frame[0] = probe.value >> 8
    frames[0][0] = frame[0]
