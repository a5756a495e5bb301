# The date and the hour by timers, and what a long timer brings.
import time

import board
import terminalio
from adafruit_display_text import bitmap_label

sensor = board.SENSOR
day = bitmap_label.Label(terminalio.FONT, y=10)
room = bitmap_label.Label(terminalio.FONT, y=30)
ticked = time.monotonic()
measured = time.monotonic()

while True:
    if time.monotonic() - ticked >= 1:
        ticked = time.monotonic()
        now = time.localtime()
        day.text = "Welcome to the greenhouse of the botanical garden; it is now {}:{}".format(now.tm_hour, now.tm_min)
    if time.monotonic() - measured >= 15:
        measured = time.monotonic()
        room.text = "Temperature and humidity among the orchids in the glasshouse: {} {}".format(sensor.temperature, sensor.humidity)
