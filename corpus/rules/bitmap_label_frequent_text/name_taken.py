# `label` means something else in this file already.
import board
import terminalio
from adafruit_display_text import bitmap_label

uart = board.UART()


def make(text):
    label = bitmap_label.Label(terminalio.FONT, text=text)
    board.DISPLAY.root_group = label
    return label


line = make("waiting")
while True:  # expect-note: loop-without-collect
    line.text = "Bytes that were received on the serial port since this start: {}".format(uart.count)  # expect
