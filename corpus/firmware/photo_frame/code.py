"""Shows the pictures of a folder one after another on the board's display."""
import gc
import os
import time

import adafruit_imageload
import board
import displayio
import terminalio
from adafruit_display_text import label

FOLDER = "/images"
SECONDS = 20

display = board.DISPLAY
splash = displayio.Group()
display.root_group = splash

background = displayio.Bitmap(display.width, display.height, 1)
background_palette = displayio.Palette(1)
background_palette[0] = 0x101010
splash.append(displayio.TileGrid(background, pixel_shader=background_palette))

title = label.Label(terminalio.FONT, text="photo frame", x=4, y=8)
splash.append(title)


def picture_names():
    names = [name for name in os.listdir(FOLDER) if name.endswith(".bmp")]
    names.sort()
    return names


def histogram_of(path):
    """How dark the picture is. It is loaded whole, looked at, and dropped."""
    bitmap, palette = adafruit_imageload.load(path)
    dark = 0
    for y in range(0, bitmap.height, 4):
        for x in range(0, bitmap.width, 4):
            if palette[bitmap[x, y]] & 0xFF < 40:
                dark += 1
    bitmap = None  # expect: del-without-collect "size not known"
    levels = [0] * 600
    levels[dark % 600] = dark
    return levels


def histogram_collected(path):
    """The same, but the room of the picture is given back before more is made."""
    bitmap, palette = adafruit_imageload.load(path)
    dark = palette[bitmap[0, 0]]
    del bitmap
    gc.collect()
    levels = [0] * 600
    levels[dark % 600] = dark
    return levels


names = picture_names()
overview = {}
for name in names:
    overview[name] = len(histogram_of(FOLDER + "/" + name)) + len(histogram_collected(FOLDER + "/" + name))
print(overview)

shown = None
index = 0
while True:
    # The picture stays on the card: this object holds no pixels.
    picture = displayio.OnDiskBitmap(FOLDER + "/" + names[index])
    grid = displayio.TileGrid(picture, pixel_shader=picture.pixel_shader)
    if shown is not None:
        splash.remove(shown)
    splash.insert(1, grid)
    shown = grid
    del picture
    index = (index + 1) % len(names)
    gc.collect()
    time.sleep(SECONDS)
