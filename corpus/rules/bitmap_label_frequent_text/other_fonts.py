# No number in the name, too small a one, a font from elsewhere, or digits of one width: FRG301.
import board
from adafruit_bitmap_font import bitmap_font
from adafruit_display_text import bitmap_label

gps = board.GPS
plain = bitmap_label.Label(bitmap_font.load_font("/fonts/tom-thumb.bdf"))
small = bitmap_label.Label(bitmap_font.load_font("/fonts/04B_03.bdf"), y=20)
given = bitmap_label.Label(board.BIG_FONT, y=40)
short = bitmap_label.Label(bitmap_font.load_font("/fonts/Arial-24.bdf"), y=60)

while True:  # expect-note: loop-without-collect
    plain.text = "Latitude {}, longitude {}, {} satellites".format(gps.latitude, gps.longitude, gps.count)  # expect-note: repeated-label-text-change
    small.text = "Latitude {}, longitude {}, {} satellites".format(gps.latitude, gps.longitude, gps.count)  # expect-note: repeated-label-text-change
    given.text = "Latitude {}, longitude {}, {} satellites".format(gps.latitude, gps.longitude, gps.count)  # expect-note: repeated-label-text-change
    short.text = "{} satellites".format(gps.count)  # expect-note: repeated-label-text-change
