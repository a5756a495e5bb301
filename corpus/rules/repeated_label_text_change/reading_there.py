# A test whether there is a reading at all is no event: there nearly always is one.
import time

import board
import terminalio
from adafruit_display_text import label

ranger = board.RANGER
uart = board.UART()
line = label.Label(terminalio.FONT, x=4, y=20)
bytes_line = label.Label(terminalio.FONT, x=4, y=40)
board.DISPLAY.root_group = line
shown = "The wall is at  cm"
waiting = ""

while True:  # expect-note: loop-without-collect
    line.text = shown  # expect: "at least"
    bytes_line.text = waiting  # expect-note: "changes seldom"
    if ranger.distance is not None:
        distance = ranger.distance
        shown = f"The wall is at {distance:5.1f} cm"
    if uart.in_waiting:
        waiting = f"There are {uart.in_waiting:5d} bytes"
    time.sleep(0.2)
