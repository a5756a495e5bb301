# What a pass comes to through functions and methods of the file.
import board
import terminalio
from adafruit_display_text import label

knob = board.KNOB
status = label.Label(terminalio.FONT)
level = label.Label(terminalio.FONT)


class Meter:
    def __init__(self, name):
        self.name = name
        self.label = label.Label(terminalio.FONT)

    def show(self, value):
        self.label.text = f"{self.name}: {value:7.2f} mV"  # expect: "at least 2,160 bytes"

    def refresh(self):
        self.show(knob.value / 20)


def show_level(line, value):
    line.text = "Level is {:5d}".format(value)  # expect


def format_status(value):
    part = value / 65535
    return "At {:6.2f} percent".format(100 * part)


meter = Meter("Output")

while True:  # expect-note: loop-without-collect
    meter.refresh()
    show_level(level, knob.value)
    status.text = format_status(knob.value)  # expect: "not known"
