# Where one call leaves it all, that call is what to mend (FRG202); the loop is a note beside it.
import json
import time

import board

uart = board.UART()
history = []


def mode():
    with open("/state.json") as source:
        return json.loads(source.read())["mode"]


while True:  # expect-note: "`json.loads(source.read())`"
    state = mode()  # expect: missing-post-function-collect
    history.append([time.monotonic(), state])
    if len(history) > 50:
        history.pop(0)
    time.sleep(1)
