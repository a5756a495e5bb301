# A label that only ever gets one text: setting an equal one does nothing.
import time

import board
import terminalio
from adafruit_display_text import label

VERSION = "1.4.2"
knob = board.KNOB
names = ["north", "east", "south", "west"]
title = label.Label(terminalio.FONT)
lines = []
for name in names:
    lines.append(label.Label(terminalio.FONT))
header = "Weather station " + VERSION
board_name = "on {}".format(board.board_id)

while True:
    title.text = "Weather station and clock"
    title.text = header if VERSION else "Weather station"
    for index in range(4):
        lines[index].text = names[index]
    for line, name in zip(lines, names):
        line.text = "the wind from " + name
    for index, line in enumerate(lines):
        line.text = "direction number {}".format(index)
    time.sleep(0.1)
