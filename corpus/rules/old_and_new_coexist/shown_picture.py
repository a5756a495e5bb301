# What the display shows is no garbage: the last picture is there until the next is its root.
import time

import adafruit_imageload
import board
import displayio

display = board.DISPLAY


def show_photo(path):
    photo, colors = adafruit_imageload.load(path)  # expect: "`display.root_group`" "last picture"
    tile = displayio.TileGrid(photo, pixel_shader=colors)
    frame = displayio.Group()
    frame.append(tile)
    page = displayio.Group()
    page.append(frame)
    display.root_group = page


def show_chart(values):
    chart = displayio.Bitmap(240, 135, 4)  # expect: "exactly 8,100 bytes"
    colors = displayio.Palette(4)
    colors[1] = 0x00FF00
    for x, value in enumerate(values):
        chart[x, value] = 1
    page = displayio.Group()
    page.append(displayio.TileGrid(chart, pixel_shader=colors))
    display.root_group = page


while True:
    show_photo("/photos/harbor.bmp")
    time.sleep(20)
    show_chart([20, 30, 25, 40])
    time.sleep(20)
