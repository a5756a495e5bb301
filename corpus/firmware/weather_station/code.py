"""Fetches the forecast every ten minutes, keeps the week's readings, and draws them."""
import gc
import json
import time

import board
import displayio
import terminalio
from adafruit_bme280 import basic as adafruit_bme280
from adafruit_display_text import label

CACHE = "/forecast.json"
DAYS = 7
PER_DAY = 144

display = board.DISPLAY
sensor = adafruit_bme280.Adafruit_BME280_I2C(board.I2C())


class History:
    """A ring of readings; it is enlarged when somebody asks for more days."""

    def __init__(self, days):
        self.readings = [0] * (days * PER_DAY)
        self.next = 0

    def add(self, value):
        self.readings[self.next] = value
        self.next = (self.next + 1) % len(self.readings)

    def restart(self, days):
        self.readings = None  # expect-note: del-without-collect "size not known"
        self.readings = [0] * (days * PER_DAY)
        self.next = 0

    def restart_tidily(self, days):
        self.readings = None
        gc.collect()
        self.readings = [0] * (days * PER_DAY)
        self.next = 0


def forecast_from_file():
    """Only two words of the forecast are wanted; the rest is dropped."""
    with open(CACHE) as cache:
        text = cache.read()
    forecast = json.loads(text)
    today = forecast["daily"][0]["summary"]
    tomorrow = forecast["daily"][1]["summary"]
    del text
    del forecast  # expect: del-without-collect "size not known"
    strip = displayio.Bitmap(240, 16, 16)  # expect-note: late-large-allocation "above line 71"
    for x in range(len(today) + len(tomorrow)):
        strip[x % 240, 8] = 3
    return strip, today, tomorrow


def axis_labels():
    names = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"]
    labels = []
    for index in range(DAYS):
        labels.append(label.Label(terminalio.FONT, text=names[index], x=index * 34))
    # Seven short words: dropping them is not worth a word.
    del names
    return labels


history = History(DAYS)
group = displayio.Group()
display.root_group = group
for text in axis_labels():
    group.append(text)

strip, today, tomorrow = forecast_from_file()
group.append(displayio.TileGrid(strip, pixel_shader=displayio.Palette(16)))
history.restart(2 * DAYS)
history.restart_tidily(DAYS)
print(today, tomorrow)

while True:
    history.add(int(sensor.temperature * 10))
    gc.collect()
    time.sleep(600)
