# Loops that run until somebody is done with the buttons: what they show follows the presses.
import time

import board
import terminalio
from adafruit_clue import clue
from adafruit_display_text import label

height_line = label.Label(terminalio.FONT, scale=3, x=10, y=40)
limit_line = label.Label(terminalio.FONT, x=10, y=80)
board.DISPLAY.root_group = height_line


def ask_height(height):
    done = False
    while not done:
        if clue.button_a and not clue.button_b:
            height -= 1
            time.sleep(0.1)
        elif clue.button_b and not clue.button_a:
            height += 1
            time.sleep(0.1)
        elif clue.button_a and clue.button_b:
            done = True
        height_line.text = "Height: {:5d} metres".format(height)
    return height


def ask_limit(limit):
    while not clue.button_b:
        if clue.button_a:
            limit += 5
            time.sleep(0.2)
        limit_line.text = "Warn above {:3d} per cent".format(limit)
    return limit


height = ask_height(100)
while True:
    if clue.shake():
        height = ask_height(height)
        ask_limit(50)
    clue.play_tone(height, 0.1)
    time.sleep(1)
