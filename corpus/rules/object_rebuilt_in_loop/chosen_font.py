# A helper that each caller gives another font: one label would not do.
import board
import displayio
import terminalio
from adafruit_bitmap_font import bitmap_font
from adafruit_display_text import label

big = bitmap_font.load_font("/fonts/Arial-24.bdf")
canvas = displayio.Group()
board.DISPLAY.root_group = canvas
uart = board.UART()


def stamp(text, font):
    canvas.append(label.Label(font, text=text))


while True:
    stamp(str(uart.read(2)), big)
    stamp("units", terminalio.FONT)
    canvas.pop()
    canvas.pop()
