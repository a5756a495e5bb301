"""Shows the state of a machine."""
import json
import time

import board

print(board.board_id)
while True:
    with open("/state.json") as source:
        state = json.load(source)  # expect
    print(state["mode"])
    time.sleep(1)
