# Passes that sleep for five seconds or more, or wait for the user, change little.
import asyncio
import time

import board
import terminalio
from adafruit_display_text import label

sensor = board.SENSOR
line = label.Label(terminalio.FONT)
PAUSE = 30


async def report():
    while True:
        line.text = "Temperature {:5.1f}".format(sensor.temperature)
        await asyncio.sleep(10)


def in_steps():
    while sensor.ready:
        line.text = "Humidity {:5.1f}".format(sensor.humidity)
        for _ in range(60):
            time.sleep(0.1)


def by_hand():
    while True:
        line.text = "Pressure {:7.1f}".format(sensor.pressure)
        input("Enter for the next one")


asyncio.run(report())
in_steps()
by_hand()
while True:
    line.text = "Altitude {:6.1f}".format(sensor.altitude)
    time.sleep(PAUSE)
