# The module is used for more than to make labels: only the author knows what that is for.
import board
import terminalio
from adafruit_display_text import bitmap_label

uart = board.UART()
Kind = bitmap_label.Label
line = bitmap_label.Label(terminalio.FONT)
small = Kind(terminalio.FONT, y=40)
board.DISPLAY.root_group = line

while True:  # expect-note: loop-without-collect
    line.text = "Bytes that were received on the serial port since this start: {}".format(uart.count)  # expect
