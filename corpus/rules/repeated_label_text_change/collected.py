# Every pass collects, directly or in a helper: nothing piles up.
import gc

import board
import terminalio
from adafruit_display_text import label

knob = board.KNOB
line = label.Label(terminalio.FONT)


def tidy():
    gc.collect()


def first():
    while knob.ready:
        line.text = "Position {:5d}".format(knob.value)
        gc.collect()


first()
while True:
    line.text = "Position {:5d}".format(knob.value)
    tidy()
