# `save_text` is for labels with a bitmap only: to change the kind is for the author.
import board
import terminalio
from adafruit_display_text import bitmap_label

uart = board.UART()
line = bitmap_label.Label(terminalio.FONT, save_text=False)
board.DISPLAY.root_group = line

while True:  # expect-note: loop-without-collect
    line.text = "Bytes that were received on the serial port since this start: {}".format(uart.count)  # expect
