# Dropping the name would free nothing: a list keeps the documents, or the new one is made of the old.
import json
import time

import board

history = []
merged = {}
while True:
    with open("/state.json") as source:
        state = json.load(source)
    history.append(state)
    if len(history) > 3:
        history.pop(0)
    for entry in state["entries"]:
        print(board.board_id, entry)
    with open("/more.json") as source:
        merged = dict(merged, **json.load(source))
    print(merged["entries"][0])
    time.sleep(1)
