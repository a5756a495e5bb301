# The display is given an empty Group before the next picture is loaded: the last one is garbage then,
# which is FRG102's.
import time

import adafruit_imageload
import board
import displayio

display = board.DISPLAY


def show(path):
    page = displayio.Group()
    display.root_group = page
    photo, colors = adafruit_imageload.load(path)  # expect: large-allocation-without-collect
    page.append(displayio.TileGrid(photo, pixel_shader=colors))
    time.sleep(20)


while True:
    show("/photos/harbor.bmp")
    show("/photos/bridge.bmp")
