# The first of several images speaks for all; a font without glyphs is hardly anything, and neither are thin bitmaps.
import adafruit_imageload
import board
import displayio
from adafruit_bitmap_font import bitmap_font

font = bitmap_font.load_font("/fonts/clock.bdf")
font.load_glyphs(b"0123456789:")
night, night_colours = adafruit_imageload.load("/night.bmp")  # expect-note: "above line 7"
day, day_colours = adafruit_imageload.load("/day.bmp")
edge = displayio.Bitmap(4, board.DISPLAY.width, 2)
board.DISPLAY.root_group = displayio.Group()
