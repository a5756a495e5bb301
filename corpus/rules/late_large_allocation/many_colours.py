# A palette is one run too: 16 bytes a colour.
import board
import displayio
from adafruit_bitmap_font import bitmap_font
from rainbowio import colorwheel

font = bitmap_font.load_font("/fonts/LeagueSpartan-Bold-16.bdf")
font.load_glyphs(b"RAINBOW")
colours = displayio.Palette(256)  # expect-note: "exactly 4,096 bytes" "above line 7"
for index in range(256):
    colours[index] = colorwheel(index)
board.DISPLAY.root_group = displayio.Group()
