# A name, an attribute, a name that gets what a function makes, the first of several.
import json
import time

import adafruit_imageload
import analogio
import board

probe = analogio.AnalogIn(board.A0)


def make_page():
    return bytearray(3000)


class Scope:
    def __init__(self):
        self.trace = bytearray(2000)

    def renew(self):
        self.trace = bytearray(2000)  # expect: "`self.trace`" "exactly 2,000 bytes"


def documents():
    while True:
        with open("/state.json") as source:
            state = json.load(source)  # expect: "`state`" "size is not known"
        print(state["mode"])
        time.sleep(1)


def images():
    while True:
        picture, palette = adafruit_imageload.load("/clock%d.bmp" % (probe.value % 3))  # expect: "`picture`"
        print(picture.width, len(palette))
        time.sleep(1)


def samples():
    while True:
        levels = [probe.value for _ in range(500)]  # expect: "exactly 2,048 bytes"
        print(max(levels))
        time.sleep(1)


if probe.value > 30000:
    documents()
elif probe.value > 20000:
    images()
elif probe.value > 10000:
    samples()
scope = Scope()
page = make_page()
while True:
    scope.renew()
    print(page[0])
    page = make_page()  # expect: "`page`" "exactly 3,000 bytes"
    time.sleep(1)
