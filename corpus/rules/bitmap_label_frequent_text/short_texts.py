# Short texts have small bitmaps. A font from a file has a size that the program does not show.
import board
import terminalio
from adafruit_bitmap_font import bitmap_font
from adafruit_display_text import bitmap_label

knob = board.KNOB
big = bitmap_font.load_font("/fonts/Helvetica-Bold-16.bdf")
line = bitmap_label.Label(terminalio.FONT)
headline = bitmap_label.Label(big)

while True:  # expect-note: loop-without-collect
    line.text = "Position: {} of 65535".format(knob.value)  # expect: repeated-label-text-change
    headline.text = "Position: {}".format(knob.value)  # expect-note: repeated-label-text-change
