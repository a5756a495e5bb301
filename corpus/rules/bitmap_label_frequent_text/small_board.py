# A quarter of the memory makes a quarter of the text long.
# target: circuitpython/trinket_m0
import board
import terminalio
from adafruit_display_text import bitmap_label

knob = board.KNOB
line = bitmap_label.Label(terminalio.FONT)

while True:  # expect-note: loop-without-collect
    line.text = "The knob is at position: {}".format(knob.value)  # expect
