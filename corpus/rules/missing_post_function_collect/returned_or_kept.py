# What is returned, or kept elsewhere, is no garbage of the function.
import time

import board
import displayio

uart = board.UART()
group = displayio.Group()
pages = {}
latest = None


class Screen:
    def __init__(self):
        self.page = bytearray(4096)

    def refill(self):
        self.page = bytearray(4096)  # expect: old-and-new-coexist
        uart.readinto(self.page)


def read_page():
    page = bytearray(4096)  # expect: buffer-in-loop
    uart.readinto(page)
    return page


def keep_page(number):
    page = bytearray(4096)
    uart.readinto(page)
    pages[number] = page


def keep_latest():
    global latest
    latest = bytearray(4096)  # expect-note: old-and-new-coexist
    uart.readinto(latest)


def add_image():
    picture = displayio.Bitmap(100, 100, 256)
    group.append(displayio.TileGrid(picture, pixel_shader=displayio.Palette(256)))


screen = Screen()
add_image()
while True:
    print(read_page()[0])
    keep_page(uart.in_waiting)
    keep_latest()
    screen.refill()
    time.sleep(1)
