# A collection right before it has put the heap in order.
import gc

import displayio
from adafruit_bitmap_font import bitmap_font

font = bitmap_font.load_font("/fonts/clock.bdf")
font.load_glyphs(b"0123456789:")
gc.collect()
canvas = displayio.Bitmap(320, 240, 16)
