# On a desktop there is no such heap.
import argparse
import tkinter

import terminalio
from adafruit_display_text import bitmap_label

window = tkinter.Tk()
line = bitmap_label.Label(terminalio.FONT)

while True:
    line.text = "Bytes that were received on the serial port since this start {}".format(window.count)
