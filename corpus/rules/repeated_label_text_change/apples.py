# What a step of the game gives is new at each step, and a test of that an event.
import time

import board
import terminalio
from adafruit_display_text import label

APPLE = 3
world = board.WORLD
keys = board.KEYS
score_line = label.Label(terminalio.FONT)
stepped = time.monotonic()
score = 0
playing = False

while True:
    key = keys.get()
    if key:
        playing = True
    if playing:
        now = time.monotonic()
        if now - stepped >= 0.2:
            result = world.step()
            if result == APPLE:
                score += 10
                score_line.text = "Score: {:6d} points".format(score)
            stepped = now
