# Passes that wait for a sensor: a note, for they may be few.
import board
import busio
import terminalio
from adafruit_display_text import label

uart = busio.UART(board.TX, board.RX)

while True:
    while not uart.in_waiting:
        pass
    shown = label.Label(terminalio.FONT, text=str(uart.read(4)))  # expect-note: "every pass"
    board.DISPLAY.root_group = shown
