# Where there is much memory a bitmap of a thousand bytes is small.
# target: circuitpython/adafruit_matrixportal_s3
import board
import terminalio
from adafruit_display_text import bitmap_label

uart = board.UART()
line = bitmap_label.Label(terminalio.FONT)
board.DISPLAY.root_group = line

while True:
    line.text = "Bytes that were received on the serial port since this start: {}".format(uart.count)  # expect-note: repeated-label-text-change
