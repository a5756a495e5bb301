# A timer counts as a pass of its period: notes, and nothing for a minute or more.
import time

import board
import terminalio
from adafruit_display_text import label

sensor = board.SENSOR
now_line = label.Label(terminalio.FONT)
day_line = label.Label(terminalio.FONT)
updated = time.monotonic()
fetched = time.monotonic()

while True:  # expect-note: loop-without-collect
    now = time.monotonic()
    if now - updated >= 1:
        updated = now
        now_line.text = "Temperature {:6.2f}".format(sensor.temperature)  # expect-note: "timer"
    if now - fetched > 60:
        fetched = now
        day_line.text = "Pressure {:7.1f}".format(sensor.pressure)
