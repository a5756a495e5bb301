# Nothing large is garbage: another Group was emptied, the picture is made once, it was collected in
# time, the Group that is taken down is still bound.
import gc
import time

import adafruit_imageload
import board
import displayio

display = board.DISPLAY
pictures = displayio.Group()
marks = displayio.Group()
menu = displayio.Group()
game = displayio.Group()
wanted = board.BUTTON


class Cover:
    def __init__(self):
        self.image = None

    def show(self):
        if self.image is None:
            self.image, colors = adafruit_imageload.load("/cover.bmp")
            pictures.append(displayio.TileGrid(self.image, pixel_shader=colors))
        print(self.image.width)


def mark(name):
    while len(marks):
        marks.pop()
    marks.append(displayio.Group())
    print(name)


def swap(path):
    pictures.pop()
    gc.collect()
    picture, colors = adafruit_imageload.load(path)  # expect: object-rebuilt-in-loop
    pictures.append(displayio.TileGrid(picture, pixel_shader=colors))


def toggle():
    display.root_group = menu if wanted.value else game


cover = Cover()
menu.append(pictures)
while True:
    cover.show()
    mark("A")
    swap("/pages/second.bmp")
    toggle()
    time.sleep(1)
