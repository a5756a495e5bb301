# What lives on comes before the garbage of its pass, and the loop ends after some passes.
import time

import analogio
import board

probe = analogio.AnalogIn(board.A0)
history = []


def some_passes():
    for _ in range(100):
        level = max([probe.value for _ in range(200)])
        history.append([time.monotonic(), level])
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        level = max([probe.value for _ in range(200)])
        history.append([time.monotonic(), level])
        time.sleep(0.1)


some_passes()
while True:
    history.append([time.monotonic(), probe.value])
    print(max([probe.value for _ in range(200)]))
    if len(history) > 50:
        history.pop(0)
    time.sleep(1)
