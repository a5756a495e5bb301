# A function that the set-up calls too, and a condition before the call of every pass: what counts
# is the surest call.
import time

import adafruit_adt7410
import board
import terminalio
from adafruit_display_text import label

warm = label.Label(terminalio.FONT)
change = label.Label(terminalio.FONT)
label = label.Label(terminalio.FONT)
level = board.KNOB

try:
    sensor = adafruit_adt7410.ADT7410(board.I2C())
except ValueError:
    sensor = None


def show_level(value):
    label.text = "Level {:5.1f} percent".format(value)  # expect-note: "every pass of this loop:"


def show_temperature():
    if sensor is None:
        return
    warm.text = "{:5.1f} C".format(sensor.temperature)  # expect-note: "while its mode is on"


def show_change(value, old):
    if value == old:
        return
    change.text = "{:5.1f} V".format(value)


show_level(0)
show_temperature()
last = 0
while True:  # expect-note: loop-without-collect
    if board.BUTTON.value:
        show_level(100)
    now = level.value / 655
    show_level(now)
    show_temperature()
    show_change(now, last)
    last = now
    time.sleep(0.5)
