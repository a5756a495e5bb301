# Each text is scrolled or faded in before the next is set: seconds apart.
import random
import time

import board
import terminalio
from adafruit_display_text import label

MESSAGES = ("Mind the step", "Fresh bread today", "Closed on Mondays")
display = board.DISPLAY
counter = board.COUNTER
line = label.Label(terminalio.FONT, y=16)
name_line = label.Label(terminalio.FONT, y=40)
display.root_group = line


def scroll(text, times):
    line.text = text
    width = line.bounding_box[2]
    for _ in range(times):
        x = display.width
        while x > -width:
            x -= 1
            line.x = x
            time.sleep(0.02)


def fade_in(steps):
    for step in range(steps):
        name_line.color = step << 16
        time.sleep(0.1)


while True:
    scroll("Visitors today: {}".format(counter.value), 2)
    scroll(random.choice(MESSAGES), 3)
    name_line.text = "Number {} is the next".format(counter.value + 1)
    for column in range(name_line.width):
        name_line.x = -column
        time.sleep(0.2)
    time.sleep(4)
