# Under a test that there is none yet, with more to it.
import json
import time

import board
import digitalio

ready = digitalio.DigitalInOut(board.D4)


class Panel:
    def __init__(self):
        self.layout = None
        self.frame = None

    def draw(self):
        if self.layout is None and ready.value:
            with open("/layout.json") as source:
                self.layout = json.load(source)
        if ready.value and not self.frame:
            self.frame = bytearray(4096)
        print(self.layout, self.frame)


panel = Panel()
while True:
    panel.draw()
    time.sleep(0.1)
