# Whoever calls sees to it that nothing is shown while pictures are loaded.
import gc
import time

import adafruit_imageload
import board
import displayio

display = board.DISPLAY


def show(path):
    photo, colors = adafruit_imageload.load(path)  # expect-note: object-rebuilt-in-loop
    page = displayio.Group()
    page.append(displayio.TileGrid(photo, pixel_shader=colors))
    display.root_group = page


while True:
    for name in ("harbor", "bridge"):
        show("/photos/" + name + ".bmp")
        time.sleep(20)
        display.root_group = None
        gc.collect()
