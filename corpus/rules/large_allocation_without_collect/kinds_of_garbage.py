# Something large that stays, made while garbage of known size, or a whole document, waits.
import json
import time

import analogio
import board
import displayio

probe = analogio.AnalogIn(board.A0)
group = displayio.Group()
records = []
frames = {}


class Scope:
    def __init__(self):
        self.traces = []

    def run(self):
        while True:
            print(max([probe.value for _ in range(500)]))
            self.traces.append(bytearray(2000))  # expect: "exactly 2,000 bytes in one run" "2,112 to 4,128 bytes of garbage"
            del self.traces[:-1]
            time.sleep(1)


def documents():
    while True:
        with open("/state.json") as source:
            print(json.loads(source.read())["mode"])
        records.append(bytearray(2000))  # expect: "of a size not known" "`json.loads(source.read())`"
        del records[0]
        time.sleep(1)


def images():
    while True:
        print(max([probe.value for _ in range(500)]))
        picture = displayio.Bitmap(64, 64, 256)  # expect: object-rebuilt-in-loop
        group.append(displayio.TileGrid(picture, pixel_shader=displayio.Palette(4)))
        group.pop(0)
        time.sleep(1)


def by_number():
    while True:
        for number in range(3):
            print(sum([probe.value for _ in range(500)]))
            frames[number] = [0] * 600  # expect: "exactly 2,400 bytes in one run"
        time.sleep(1)


if probe.value > 30000:
    documents()
elif probe.value > 20000:
    images()
elif probe.value > 10000:
    by_number()
Scope().run()
