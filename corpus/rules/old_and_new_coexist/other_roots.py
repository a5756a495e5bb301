# Pixels that stay on the disk, a picture that is loaded once, and Groups that are shown in turns.
import time

import adafruit_imageload
import board
import displayio

display = board.DISPLAY
sheet, sheet_colors = adafruit_imageload.load("/sprites.bmp")


def show_file(path):
    picture = displayio.OnDiskBitmap(path)
    page = displayio.Group()
    page.append(displayio.TileGrid(picture, pixel_shader=picture.pixel_shader))
    display.root_group = page


def show_sprite(index):
    page = displayio.Group()
    page.append(
        displayio.TileGrid(sheet, pixel_shader=sheet_colors, tile_width=16, tile_height=16, default_tile=index)
    )
    display.root_group = page


def show_icon():
    icon = displayio.Bitmap(16, 16, 2)
    page = displayio.Group()
    page.append(displayio.TileGrid(icon, pixel_shader=sheet_colors))
    display.root_group = page


def show_splash():
    splash, colors = adafruit_imageload.load("/splash.bmp")
    page = displayio.Group()
    page.append(displayio.TileGrid(splash, pixel_shader=colors))
    display.root_group = page


show_splash()
while True:
    show_file("/harbor.bmp")
    time.sleep(5)
    show_sprite(3)
    time.sleep(5)
    show_icon()
    time.sleep(5)
