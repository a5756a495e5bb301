"""Fetches the weather and shows it on a small OLED; draws the day's temperatures as bars."""
import time

import network
import ssd1306
import urequests
from machine import I2C, Pin

URL = "http://weather.example.org/now?q=Bremen&units=metric"
WIDTH = 128
HEIGHT = 64

wlan = network.WLAN(network.STA_IF)
wlan.active(True)
wlan.connect("home", "secret")

i2c = I2C(0, scl=Pin(9), sda=Pin(8), freq=400000)
oled = ssd1306.SSD1306_I2C(WIDTH, HEIGHT, i2c)

# The start picture: stripes that are moved over the display, then thrown away.
picture = bytearray(WIDTH * HEIGHT // 8)
for column in range(0, WIDTH, 8):
    picture[column] = 0xFF
for column in range(0, WIDTH, 16):
    oled.vline(column, 0, HEIGHT, picture[column] & 1)
oled.show()
del picture

background = bytearray(WIDTH * HEIGHT // 4)
hours = [None] * 24


def wrapped(text, width):
    lines = []
    line = ""
    for word in text.split():
        if line and len(line) + len(word) + 1 > width:
            lines.append(line)
            line = word
        else:
            line = (line + " " + word).strip()
    lines.append(line)
    return lines


def bars():
    known = [value for value in hours if value is not None]
    if not known:
        return
    low = min(known)
    span = max(max(known) - low, 1)
    for hour, value in enumerate(hours):
        if value is not None:
            tall = int((value - low) * 20 / span) + 1
            oled.fill_rect(hour * 5, HEIGHT - tall, 4, tall, 1)


while True:
    try:
        response = urequests.get(URL)
    except OSError as error:
        oled.fill(0)
        oled.text("no network", 0, 0)
        oled.show()
        print("request failed:", error)
        time.sleep(60)
        continue
    weather = None
    if response.status_code == 200:
        weather = response.json()
    response.close()
    oled.fill(0)
    if weather is None:
        oled.text("error %d" % response.status_code, 0, 0)
    else:
        hours[weather["hour"]] = weather["temp"]
        oled.text("%.1f C  %d%%" % (weather["temp"], weather["humidity"]), 0, 0)
        y = 12
        for line in wrapped(weather["description"], 16):
            oled.text(line, 0, y)
            y += 10
        bars()
    oled.show()
    time.sleep(600)
