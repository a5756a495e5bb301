# Garbage first, then a record that stays: on each pass the record settles beyond the garbage.
import json
import time

import analogio
import board

probe = analogio.AnalogIn(board.A0)
uart = board.UART()
history = []
latest = {}


def take_turns():
    while True:  # expect-note: "exactly 1,328 bytes" "`[probe.value, time.monotonic()]` in line 17"
        print(max([probe.value for _ in range(150)]) + sum([0] * 50))
        history.append([probe.value, time.monotonic()])
        if len(history) > 50:
            history.pop(0)
        time.sleep(1)


def replace():
    while True:  # expect-note: "size is not known" "in line 27"
        with open("/state.json") as source:
            mode = json.loads(source.read())["mode"]
        latest["record"] = [mode, probe.value]
        time.sleep(1)


class Meter:
    def __init__(self):
        self.levels = [0, 0]

    def run(self):
        while True:  # expect-note: "`[total, probe.value]`"
            total = sum([probe.value for _ in range(300)])
            self.levels = [total, probe.value]
            time.sleep(1)


if probe.value > 30000:
    take_turns()
elif probe.value > 20000:
    replace()
Meter().run()
