# A show of many scenes, one of which counts up for a moment: each round takes long.
import time
from random import randint

import board
import displayio
import terminalio
from adafruit_display_text import label

group = displayio.Group()
board.DISPLAY.root_group = group


def title():
    name = label.Label(terminalio.FONT, text="Demonstration", scale=2)
    group.append(name)
    time.sleep(3)
    group.pop()


def values():
    line = label.Label(terminalio.FONT, x=2, y=20)
    group.append(line)
    for _ in range(30):
        line.text = "Reading: {:4d} of 9999".format(randint(0, 9999))
        time.sleep(0.1)
    group.pop()


def colours():
    for colour in (0xFF0000, 0x00FF00, 0x0000FF):
        group.append(label.Label(terminalio.FONT, text="Colour", color=colour))
        time.sleep(1)
        group.pop()


while True:
    title()
    values()
    colours()
