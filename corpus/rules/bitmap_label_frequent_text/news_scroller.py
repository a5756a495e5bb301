# Each line of news is scrolled over the screen before the next is set.
import time

import board
import terminalio
from adafruit_display_text import bitmap_label

feed = board.FEED
display = board.DISPLAY
line = bitmap_label.Label(terminalio.FONT, scale=2, y=60)
display.root_group = line


def scroll():
    x = display.width
    while x > -line.width:
        x -= 2
        line.x = x
        time.sleep(0.02)


def show(headline):
    line.text = "The latest that came in from the newsroom in the last few minutes: {}".format(headline)
    scroll()


while True:
    line.text = "The next headline comes from the newsroom at the other end of town: {}".format(feed.source)
    for column in range(line.width):
        line.x = -column
        time.sleep(0.7)
