# A time with seconds is another text each second, however it is taken apart.
import time

import board
import rtc
import terminalio
from adafruit_display_text import label

clock = rtc.RTC()
wall = label.Label(terminalio.FONT, scale=4, x=10, y=40)
up = label.Label(terminalio.FONT, x=10, y=80)
alone = label.Label(terminalio.FONT, x=10, y=100)
left = label.Label(terminalio.FONT, x=10, y=120)
END = time.mktime((2030, 1, 1, 0, 0, 0, -1, -1, -1))
ticked = time.monotonic()

while True:
    if time.monotonic() - ticked >= 1:
        ticked = time.monotonic()
        now = time.localtime()
        wall.text = "{:2d}:{:02d}:{:02d} o'clock".format(now[3], now[4], now[5])  # expect-note: "timer"
        up.text = "Seconds of the minute: {:2d}".format(clock.datetime.tm_sec)  # expect-note
        alone.text = "Minute of the hour: {:2d}".format(clock.datetime.tm_min)
        remaining = END - time.mktime(now)
        left.text = "{:8d} seconds are left".format(remaining)  # expect-note
