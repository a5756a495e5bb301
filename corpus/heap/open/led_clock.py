"""A clock of 60 LEDs: hours, minutes and seconds are dots of a ring, the alarm is a rainbow."""
import time

import adafruit_ds3231
import board
import digitalio
import neopixel

COUNT = 60
HOUR = (80, 0, 0)
MINUTE = (0, 80, 0)
SECOND = (0, 0, 80)
MARK = (4, 4, 4)
ALARM = (7, 30)

rtc = adafruit_ds3231.DS3231(board.I2C())
ring = neopixel.NeoPixel(board.D6, COUNT, brightness=1.0, auto_write=False)
button = digitalio.DigitalInOut(board.D5)
button.switch_to_input(pull=digitalio.Pull.UP)


def wheel(position):
    if position < 85:
        return (255 - position * 3, position * 3, 0)
    if position < 170:
        position -= 85
        return (0, 255 - position * 3, position * 3)
    position -= 170
    return (position * 3, 0, 255 - position * 3)


palette = [wheel(i * 255 // COUNT) for i in range(COUNT)]


def dot(index, color):
    here = ring[index]
    if here:
        ring[index] = tuple(min(a + b, 255) for a, b in zip(here, color))
    else:
        ring[index] = color


def show(now):
    ring.fill(None)
    for index in range(0, COUNT, 15):
        ring[index] = MARK
    dot(now.tm_hour % 12 * 5 + now.tm_min // 12, HOUR)
    dot(now.tm_min, MINUTE)
    dot(now.tm_sec, SECOND)
    ring.show()


ringing = False
offset = 0
last_second = -1
while True:
    now = rtc.datetime
    if (now.tm_hour, now.tm_min) == ALARM and now.tm_sec == 0:
        ringing = True
    if ringing and not button.value:
        ringing = False
        print("alarm off at %02d:%02d:%02d" % (now.tm_hour, now.tm_min, now.tm_sec))
    if ringing:
        offset += 7
        for led in range(0, COUNT, 6):
            ring[led] = palette[(led + offset) % COUNT]
        ring.show()
    elif now.tm_sec != last_second:
        last_second = now.tm_sec
        show(now)
    time.sleep(0.05)
