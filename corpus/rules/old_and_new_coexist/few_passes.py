# A few tries, a few files, and a function whose names are gone when it returns.
import json
import time

import board


def load(path):
    document = {}
    for _ in range(3):
        try:
            with open(path) as source:
                document = json.load(source)
        except OSError:
            time.sleep(1)
            continue
        break
    return len(document["steps"]) + len(board.board_id)


for name in ("morning", "noon", "evening"):
    with open("/%s.json" % name) as source:
        plan = json.load(source)
    print(plan["steps"][0])
while True:
    print(load("/scene.json"))  # expect: missing-post-function-collect
    time.sleep(1)
