# A label lets go of what it drew and draws the new text in other places.
import time

import analogio
import board
import terminalio
from adafruit_display_text import bitmap_label, label

level = analogio.AnalogIn(board.A0)
numbers = label.Label(terminalio.FONT)
banner = bitmap_label.Label(terminalio.FONT)


def meter():
    while True:  # expect-note: "the text of `numbers`" "what takes its place"
        numbers.text = "Level {:5d}".format(level.value)  # expect-note: repeated-label-text-change
        time.sleep(1)


def ticker():
    while True:  # expect-note: "`[level.value for _ in range(300)]`" "the text of `banner` in line 23"
        peak = max([level.value for _ in range(300)])
        banner.text = "Highest {:5d}".format(peak)  # expect-note: repeated-label-text-change
        time.sleep(1)


def guarded():
    shown = None
    while True:
        value = level.value // 64
        if value != shown:
            shown = value
            numbers.text = "Level {:5d}".format(value)
        time.sleep(0.1)


def slow():
    while True:
        numbers.text = "Level {:5d}".format(level.value)
        time.sleep(30)


def asked():
    while True:
        input("again? ")
        numbers.text = "Level {:5d}".format(level.value)


if level.value > 50000:
    meter()
elif level.value > 40000:
    ticker()
elif level.value > 30000:
    guarded()
elif level.value > 20000:
    slow()
asked()
