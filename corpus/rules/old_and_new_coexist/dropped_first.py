# Dropped before, by None or by del, on every path.
import gc
import json
import time

import analogio
import board

probe = analogio.AnalogIn(board.A0)


class Scope:
    def __init__(self):
        self.trace = bytearray(2000)

    def renew(self):
        self.trace = None
        gc.collect()
        self.trace = bytearray(2000)


scope = Scope()
while True:
    scope.renew()
    levels = [probe.value for _ in range(500)]
    print(max(levels))
    del levels
    gc.collect()
    with open("/state.json") as source:
        state = json.load(source)
    print(state["mode"])
    state = None
    gc.collect()
    time.sleep(1)
