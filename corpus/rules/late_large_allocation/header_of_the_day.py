# Which folder the sheet is in, the clock says, after the fonts are there.
import time

import adafruit_imageload
import board
import displayio
from adafruit_bitmap_font import bitmap_font


class Screen:
    def __init__(self):
        self.large = bitmap_font.load_font("/fonts/Lato-36.bdf")
        self.large.load_glyphs("0123456789:")
        self.root = displayio.Group()
        self.pick_folder()
        self.add_header()
        board.DISPLAY.root_group = self.root

    def pick_folder(self):
        self.folder = "/day" if 7 < time.localtime().tm_hour < 20 else "/night"

    def add_header(self):
        self.root.append(self.signal())

    def signal(self):
        sheet, colours = adafruit_imageload.load(self.folder + "/signal.bmp")
        return displayio.TileGrid(sheet, pixel_shader=colours, tile_width=20, tile_height=20)


screen = Screen()
