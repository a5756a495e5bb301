# A font's file is named after its height; half as wide as high is what letters are.
import time

import board
from adafruit_bitmap_font import bitmap_font
from adafruit_display_text import bitmap_label

gps = board.GPS
if board.board_id == "wide_screen":
    FONT_FILE = "/fonts/FreeSans-48.pcf"
else:
    FONT_FILE = "/fonts/FreeSans-18.pcf"
big = bitmap_font.load_font(FONT_FILE)
clock = bitmap_font.load_font("/fonts/Arial-Bold-24.bdf")
line = bitmap_label.Label(big, y=20)
until = bitmap_label.Label(clock, y=60)
board.DISPLAY.root_group = line
ticked = time.monotonic()
seconds = 1000000

while True:
    line.text = "Latitude {}, longitude {}, {} satellites".format(gps.latitude, gps.longitude, gps.satellites)  # expect-note: "18 pixels" "some"
    if time.monotonic() - ticked >= 1:
        ticked = time.monotonic()
        seconds -= 1
        until.text = f"{seconds // 3600} HOURS, {seconds // 60 % 60} MINUTES AND {seconds % 60} SECONDS"  # expect-note: "not known"
