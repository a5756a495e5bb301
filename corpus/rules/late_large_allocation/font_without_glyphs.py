# The glyphs are loaded after the canvas, as they should be.
import board
import displayio
from adafruit_bitmap_font import bitmap_font

font = bitmap_font.load_font("/fonts/clock.bdf")
canvas = displayio.Bitmap(320, 240, 16)
font.load_glyphs(b"0123456789:")
board.DISPLAY.root_group = displayio.Group()
