# What lives on may be made in a function that the pass calls.
import time

import analogio
import board

probe = analogio.AnalogIn(board.A0)
history = []


def remember(value):
    history.append([time.monotonic(), value])
    if len(history) > 50:
        history.pop(0)


while True:  # expect-note: "`[time.monotonic(), value]` in line 12"
    level = max([probe.value for _ in range(200)])
    remember(level)
    time.sleep(1)
