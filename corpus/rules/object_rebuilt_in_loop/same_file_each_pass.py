# The names still hold the last picture and font, but none has to be let go: they are the same.
import time

import adafruit_imageload
import board
import displayio
from adafruit_bitmap_font import bitmap_font

total = 0
PATH = "/icons/sheet.bmp"

while True:
    sheet, colors = adafruit_imageload.load(PATH)  # expect: "same file"
    font = bitmap_font.load_font("/fonts/Arial-12.bdf")  # expect: "Load it once"
    total += sheet[0, 0] + font.get_bounding_box()[1]
    time.sleep(0.2)
