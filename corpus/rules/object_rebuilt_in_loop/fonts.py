# The same font file for each hour of a dial, each label with a copy of its own.
import math

import board
import displayio
from adafruit_bitmap_font import bitmap_font
from adafruit_display_text import label

display = board.DISPLAY
dial = displayio.Group()
FONT_FILE = "/fonts/Roboto-24.pcf"

for hour in range(1, 13):
    font = bitmap_font.load_font(FONT_FILE)  # expect: "same file" "Load it once before the loop"
    number = label.Label(font, text=str(hour), color=0xFFFFFF)
    angle = math.radians(hour * 30 - 90)
    number.anchored_position = (120 + int(100 * math.cos(angle)), 120 + int(100 * math.sin(angle)))
    dial.append(number)

samples = {}
for name in ("Arial-12", "Arial-18", "Arial-24", "Times-12", "Times-18", "Times-24", "Lato-12", "Lato-24", "Lato-48"):
    samples[name] = label.Label(bitmap_font.load_font("/fonts/%s.bdf" % name), text="Abc")

display.root_group = dial
while True:
    pass
