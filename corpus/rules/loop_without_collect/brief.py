# What is put into a Group and taken out again on the same pass does not live on.
import time

import board
import displayio
import terminalio
from adafruit_display_text import label

screen = displayio.Group()
board.DISPLAY.root_group = screen


def flash(word):
    line = label.Label(terminalio.FONT, text=word, scale=2)
    screen.append(line)
    time.sleep(2)
    screen.pop()


while True:
    flash("Welcome")
    flash("to the museum")
    notice = label.Label(terminalio.FONT, text="Please mind the step")
    screen.append(notice)
    time.sleep(2)
    screen.remove(notice)
