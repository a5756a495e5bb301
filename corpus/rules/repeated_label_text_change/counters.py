# What counts with the passes is another text on each; what a stick moves is not.
import time

import board
import terminalio
from adafruit_display_text import label

stick = board.STICK
frames = 0
choice = 0
frames_line = label.Label(terminalio.FONT)
left_line = label.Label(terminalio.FONT, y=20)
choice_line = label.Label(terminalio.FONT, y=40)
hour_line = label.Label(terminalio.FONT, y=60)
left = 100000


def direction():
    if stick.up:
        return 1
    if stick.down:
        return -1
    return 0


while True:
    frames += 1
    frames_line.text = f"Frames drawn: {frames:6d}"  # expect: "every pass"
    left -= 1
    left_line.text = "Still to come: {:6d}".format(left)  # expect: "every pass"
    choice += direction()
    choice_line.text = "Choice number {:3d}".format(choice)  # expect-note: "changes seldom"
    hour = time.localtime().tm_hour
    hour -= 1
    hour_line.text = "An hour ago: {:2d} o'clock".format(hour)  # expect-note: "changes seldom"
    time.sleep(0.05)
