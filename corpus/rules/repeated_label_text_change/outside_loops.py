# Set once, in a loop that soon ends, or where something went wrong.
import time

import board
import terminalio
from adafruit_display_text import label

sensor = board.SENSOR
line = label.Label(terminalio.FONT)
line.text = "Starting, please wait"
for step in range(100):
    line.text = "Warming up: {:3d}".format(step)
    time.sleep(0.1)
while not sensor.ready:
    time.sleep(0.1)
line.text = "First reading {:6.2f}".format(sensor.value)

while True:
    try:
        sensor.read()
    except OSError as error:
        line.text = "Sensor failed: {}".format(error)
