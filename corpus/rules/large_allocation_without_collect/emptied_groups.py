# Pictures that were taken out of their Group, or whose Group was taken down, are garbage when the
# next ones are loaded. One collection before the first of several is enough.
import time

import adafruit_imageload
import board
import displayio

display = board.DISPLAY
stage = displayio.Group()
display.root_group = stage


class Face:
    def __init__(self):
        self.group = displayio.Group()
        stage.append(self.group)

    def show(self, eyes, mouth):
        while len(self.group) > 1:
            self.group.pop()
        eyes_image, eyes_colors = adafruit_imageload.load(eyes)  # expect: "garbage wait" "what was made here before"
        self.group.append(displayio.TileGrid(eyes_image, pixel_shader=eyes_colors))
        mouth_image, mouth_colors = adafruit_imageload.load(mouth)  # expect-note: object-rebuilt-in-loop
        self.group.append(displayio.TileGrid(mouth_image, pixel_shader=mouth_colors))


def turn(page):
    del stage[0]
    picture, colors = adafruit_imageload.load(page)  # expect: "`adafruit_imageload.load(page)`"
    stage.insert(0, displayio.TileGrid(picture, pixel_shader=colors))


def open_scene(name):
    scene = displayio.Group()
    display.root_group = scene
    backdrop = displayio.Bitmap(320, 240, 16)  # expect: "38,400 bytes"
    scene.append(displayio.TileGrid(backdrop, pixel_shader=displayio.Palette(16)))
    print(name)


face = Face()
while True:
    face.show("/eyes/open.bmp", "/mouths/smile.bmp")
    time.sleep(2)
    turn("/pages/next.bmp")
    time.sleep(2)
    open_scene("harbor")
    time.sleep(2)
