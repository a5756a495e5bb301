# Lines below one another share one bitmap: at least the area of all characters.
import board
import terminalio
from adafruit_display_text import bitmap_label

gps = board.GPS
table = bitmap_label.Label(terminalio.FONT)
short = bitmap_label.Label(terminalio.FONT)

while True:  # expect-note: loop-without-collect
    table.text = "Latitude north of the equator: {}\nLongitude east of Greenwich: {}\nSatellites that are seen: {}".format(gps.latitude, gps.longitude, gps.satellites)  # expect: "at least"
    short.text = "N: {}\nE: {}".format(gps.latitude, gps.longitude)  # expect-note: repeated-label-text-change
