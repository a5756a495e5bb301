# Every way to look first whether anything has changed.
import board
import terminalio
from adafruit_display_text import label

knob = board.KNOB
lamp = board.LAMP
first = label.Label(terminalio.FONT)
second = label.Label(terminalio.FONT)
third = label.Label(terminalio.FONT)
fourth = label.Label(terminalio.FONT)
fifth = label.Label(terminalio.FONT)
last_text = None
shown = -1
dirty = True


def show(value):
    """Returns at once where there is nothing new to show."""
    global shown
    if value == shown:
        return
    shown = value
    third.text = "Lamp at {:6d}".format(value)


class Cached:
    def __init__(self, line):
        self.line = line
        self.value = None

    def set(self, value):
        if self.value != value:
            self.value = value
            self.line.text = "Cached: {:6d}".format(value)


cached = Cached(fifth)

while True:
    text = "Knob at {:6d}".format(knob.value)
    if text != last_text:
        first.text = text
        last_text = text
    new = "Lamp at {:6d}".format(lamp.value)
    if new != second.text:
        second.text = new
    show(lamp.value)
    cached.set(lamp.value)
    if knob.value > 60000:
        dirty = True
    if dirty:
        fourth.text = "High mark {:6d}".format(knob.value)
        dirty = False
    if text == last_text:
        continue
    first.text = "Now: {}".format(text)
