# A pause leaves the runs as long as they are; a timer takes the edge off.
import time

import board
import terminalio
from adafruit_display_text import bitmap_label

uart = board.UART()
line = bitmap_label.Label(terminalio.FONT)
updated = time.monotonic()


def with_pause():
    while uart.connected:
        line.text = "Bytes that were received on the serial port since this start {}".format(uart.count)  # expect: "every pass"
        time.sleep(1)


with_pause()
while True:  # expect-note: loop-without-collect
    if time.monotonic() - updated > 2:
        updated = time.monotonic()
        line.text = "Bytes that were received on the serial port since this start {}".format(uart.count)  # expect-note: "many passes"
