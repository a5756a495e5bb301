# A dialog: the text changes with the buttons, and the loop ends with one.
import time

import board
import terminalio
from adafruit_display_text import bitmap_label

buttons = board.BUTTONS
help_line = bitmap_label.Label(terminalio.FONT, y=100)
board.DISPLAY.root_group = help_line


def choose(value):
    while not buttons.start:
        if buttons.up:
            value += 1
        if buttons.down:
            value -= 1
        help_line.text = "Press up or down to change the limit, and start when done: {}".format(value)
        time.sleep(0.1)
    return value


limit = choose(50)
while True:
    if buttons.select:
        limit = choose(limit)
    time.sleep(0.1)
