# Small values, values made of the old one, a try that may keep the old one, names of a function
# that are gone when it returns, what happens once, and what something else holds too.
import gc
import json
import time

import analogio
import board

probe = analogio.AnalogIn(board.A0)
kept = []


def mean():
    levels = [probe.value for _ in range(500)]
    return sum(levels) // len(levels)


frame = bytearray(2000)
frame = bytearray(3000)
table = [0] * 500
state = {}
while True:
    few = [probe.value for _ in range(8)]
    print(max(few), mean(), frame[0])  # expect: missing-post-function-collect
    table = [value + 1 for value in table]
    try:
        with open("/state.json") as source:
            state = json.load(source)
    except OSError:
        print(state)
    gc.collect()
    line = bytearray(2000)
    kept.append(line)
    del kept[:-1]
    time.sleep(1)
    if not frame:
        frame = bytearray(2000)  # expect-note: late-large-allocation
    with open("/log.txt") as log:
        while True:
            piece = log.read(2000)
            if not piece:
                break
            print(piece)
