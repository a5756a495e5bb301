"""Shows the state of a machine."""
import json
import gc
import time

import board

print(board.board_id)
while True:
    with open("/state.json") as source:
        state = None
        gc.collect()
        state = json.load(source)  # expect
    print(state["mode"])
    time.sleep(1)
