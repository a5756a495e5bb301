# A program that draws into the label's bitmap needs it to have one.
import board
import terminalio
from adafruit_display_text import bitmap_label

uart = board.UART()
line = bitmap_label.Label(terminalio.FONT)
board.DISPLAY.root_group = line

while True:  # expect-note: loop-without-collect
    line.text = "Bytes that were received on the serial port since this start: {}".format(uart.count)  # expect
    line.bitmap[0, 0] = 1
