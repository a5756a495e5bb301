# A collection beside the text, where the same timer fires.
import gc
import time

import board
import terminalio
from adafruit_display_text import bitmap_label

uart = board.UART()
line = bitmap_label.Label(terminalio.FONT)
shown = time.monotonic()

while True:
    if time.monotonic() - shown >= 2:
        shown = time.monotonic()
        line.text = "Bytes that were received on the serial port since this start: {}".format(uart.count)
        gc.collect()
