# In the main loop its names hold the picture, too; a handler may want to go on showing the old one.
import time

import adafruit_imageload
import board
import displayio

display = board.DISPLAY
number = 0
while True:
    try:
        photo, colors = adafruit_imageload.load("/photos/%d.bmp" % number)  # expect-note: "every other name"
        page = displayio.Group()
        page.append(displayio.TileGrid(photo, pixel_shader=colors))
        display.root_group = page
    except OSError:
        print("no photo", number)
    number = (number + 1) % 12
    time.sleep(30)
