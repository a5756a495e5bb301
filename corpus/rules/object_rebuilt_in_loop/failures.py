# What only a failure makes, and what may fail for want of memory, is left alone.
import adafruit_imageload
import board
import displayio
import terminalio
from adafruit_display_text import label

uart = board.UART()
page = displayio.Group()
board.DISPLAY.root_group = page

while True:
    try:
        page[0].x = int(uart.readline())
    except ValueError:
        page.append(label.Label(terminalio.FONT, text="no number"))
    try:
        icon, colors = adafruit_imageload.load("/icon.bmp")
        page.append(displayio.TileGrid(icon, pixel_shader=colors))
        page.pop()
        icon = colors = None
    except MemoryError:
        print("no icon")
