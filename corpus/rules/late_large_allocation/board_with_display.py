# target: circuitpython/pyportal
# The board is known and so are the sides of its display: the size is exact.
import os

import board
import displayio
from adafruit_bitmap_font import bitmap_font

display = board.DISPLAY
font = bitmap_font.load_font("/fonts/Lato-24.bdf")
font.load_glyphs(os.getenv("CITY_NAMES", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
chart = displayio.Bitmap(display.width, display.height - 40, 16)  # expect: "exactly 32,000 bytes" "above line 10"
colours = displayio.Palette(16)
group = displayio.Group()
group.append(displayio.TileGrid(chart, pixel_shader=colours, y=40))
display.root_group = group
