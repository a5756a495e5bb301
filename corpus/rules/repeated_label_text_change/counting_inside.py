# A `for` within an endless loop that counts up on the label is judged by its own pauses.
import time

import board
import terminalio
from adafruit_display_text import label

count_line = label.Label(terminalio.FONT)

while True:  # expect-note: loop-without-collect
    for step in range(1000):
        count_line.text = "Step number {:4d}".format(step)  # expect
        time.sleep(0.02)
    time.sleep(10)
