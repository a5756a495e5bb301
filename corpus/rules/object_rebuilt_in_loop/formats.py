# Only uncompressed BMPs can be shown from disk.
import time

import adafruit_imageload
import board
import displayio
import terminalio
from adafruit_display_text import label

page = displayio.Group()
board.DISPLAY.root_group = page

while True:
    frame, colors = adafruit_imageload.load("/frame.PNG")  # expect: "convert it to an uncompressed BMP"
    page.append(displayio.TileGrid(frame, pixel_shader=colors))
    icon, icon_colors = adafruit_imageload.load("/icon.bmp")  # expect: "if it is an uncompressed BMP"
    page.append(displayio.TileGrid(icon, pixel_shader=icon_colors))
    now = label.Label(terminalio.FONT, text=str(time.monotonic()))  # expect: "garbage as soon as the next one is made"
    page.append(now)
    time.sleep(1)
    page.pop()
    page.pop()
    page.pop()
    frame = colors = icon = icon_colors = None
