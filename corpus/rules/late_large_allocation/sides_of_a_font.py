# Its size comes from the font, and small backgrounds fit anywhere.
import displayio
from adafruit_bitmap_font import bitmap_font

font = bitmap_font.load_font("/fonts/clock.bdf")
box = font.get_bounding_box()
strip = bytearray(box[0] * 1024)
background = displayio.Bitmap(16, 16, 2)
