# The canvas needs neither the font nor the labels.
import board
import displayio
import terminalio
from adafruit_bitmap_font import bitmap_font
from adafruit_display_text import label

font = bitmap_font.load_font("/fonts/clock.bdf")
font.load_glyphs(b"0123456789:")
canvas = displayio.Bitmap(320, 240, 16)  # expect: "exactly 38,400 bytes" "above line 8"
group = displayio.Group()
group.append(displayio.TileGrid(canvas, pixel_shader=displayio.Palette(16)))
board.DISPLAY.root_group = group
