# As wide as before: the bitmap is used again. What remains is a matter of FRG301.
import board
import terminalio
from adafruit_display_text import bitmap_label

uart = board.UART()
line = bitmap_label.Label(terminalio.FONT)
padded = bitmap_label.Label(terminalio.FONT)

while True:  # expect-note: loop-without-collect
    line.text = "Bytes that were received on the serial port since start {:8d}".format(uart.count)  # expect: repeated-label-text-change
    padded.text = f"Bytes that were received on the serial port since start {uart.count:>8}"  # expect: repeated-label-text-change
