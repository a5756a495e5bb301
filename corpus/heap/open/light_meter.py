"""Shows how bright it is, as a number and as a word, and dims the display at night."""
import time

import board
import displayio
import terminalio
from adafruit_display_text import label
from analogio import AnalogIn

SAMPLES = 8
DARK = 6000
BRIGHT = 42000

light = AnalogIn(board.A1)
display = board.DISPLAY

splash = displayio.Group()
title = label.Label(terminalio.FONT, text="Light meter", color=0xFFFFFF, x=10, y=10)
reading = label.Label(terminalio.FONT, text="-----", color=0x00FF00, x=10, y=50, scale=3)
word = label.Label(terminalio.FONT, text="starting", color=0xFFFF00, x=10, y=100, scale=2)
splash.append(title)
splash.append(reading)
splash.append(word)
display.root_group = splash


def describe(level):
    if level < DARK:
        return "dark"
    if level < BRIGHT:
        return "normal"
    return "very bright"


def to_lux(raw):
    volts = raw * light.reference_voltage / 65535
    return volts * 1000 / 5


history = []
last_word = None
while True:
    history.append(light.value)
    if len(history) > SAMPLES:
        history.pop(0)
    average = sum(history) // len(history)
    reading.text = "{:.1f} lx".format(to_lux(average))
    now = describe(average)
    if now != last_word:
        word.text = now
        display.brightness = 0.2 if now == "dark" else 1.0
        last_word = now
    time.sleep(0.5)
