# Pictures in RAM on every pass: the same one, or one that could stay on the disk.
import time

import adafruit_imageload
import board
import displayio

page = displayio.Group()
board.DISPLAY.root_group = page
names = ("/sun.bmp", "/rain.bmp", "/snow.bmp")
turn = 0

while True:
    frame, colors = adafruit_imageload.load("/frame.bmp")  # expect: "the same file anew" "Load it once"
    page.append(displayio.TileGrid(frame, pixel_shader=colors))
    icon, icon_colors = adafruit_imageload.load(names[turn])  # expect: "OnDiskBitmap" "not known here"
    page.append(displayio.TileGrid(icon, pixel_shader=icon_colors))
    turn = (turn + 1) % 3
    time.sleep(1)
    page.pop()
    page.pop()
    frame = colors = icon = icon_colors = None
