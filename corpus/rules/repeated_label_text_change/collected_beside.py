# A collection beside the text, before or behind it, where the same timer fires.
import gc
import time

import board
import terminalio
from adafruit_display_text import label

camera = board.CAMERA
sensor = board.SENSOR
count_line = label.Label(terminalio.FONT)
room_line = label.Label(terminalio.FONT, y=20)
taken = time.monotonic()
count = 0


def refresh():
    room_line.text = "In the room: {:5.1f} C".format(sensor.temperature)


while True:
    now = time.monotonic()
    if now - taken >= 2:
        taken = now
        gc.collect()
        camera.capture()
        count += 1
        count_line.text = f"{count:5d} pictures taken"
    if sensor.enabled:
        refresh()
        gc.collect()
