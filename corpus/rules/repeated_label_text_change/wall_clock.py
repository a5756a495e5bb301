# Hours and minutes by a timer of a second, the date, and what a long timer brings.
import time

import board
import terminalio
from adafruit_display_text import label

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
sensor = board.SENSOR
time_line = label.Label(terminalio.FONT, scale=4, x=10, y=40)
date_line = label.Label(terminalio.FONT, scale=2, x=10, y=100)
room_line = label.Label(terminalio.FONT, x=10, y=140)
ticked = time.monotonic()
measured = time.monotonic()


def show_time():
    now = time.localtime()
    hour = now.tm_hour
    if hour > 12:
        hour -= 12
    time_line.text = "{:2d}:{:02d}".format(hour, now.tm_min)
    date_line.text = MONTHS[now.tm_mon - 1] + " " + str(now.tm_mday)


while True:
    now = time.monotonic()
    if now - ticked >= 1:
        ticked = now
        show_time()
    if now - measured >= 10:
        measured = now
        room_line.text = "In the room: {:5.1f} C".format(sensor.temperature)
