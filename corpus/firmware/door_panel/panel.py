"""What the panel shows; it knows nothing of cards."""

import adafruit_imageload
import board
import displayio
from adafruit_bitmap_font import bitmap_font
from adafruit_display_text.label import Label


class Panel:
    def __init__(self, folder):
        self.folder = folder
        self.root = displayio.Group()
        self.font = bitmap_font.load_font(folder + "/Lato-24.bdf")
        self.font.load_glyphs("abcdefghijklmnopqrstuvwxyz ")
        self.name = Label(self.font, text="nobody", y=20)
        self.root.append(self.name)
        self.wait()
        self.root.append(self.bell())
        board.DISPLAY.root_group = self.root

    def wait(self):
        self.name.color = 0x808080

    def bell(self):
        sheet, colours = adafruit_imageload.load(self.folder + "/bell.bmp")  # expect-note: late-large-allocation "above line 14"
        return displayio.TileGrid(sheet, pixel_shader=colours, tile_width=32, tile_height=32)

    def show(self, picture):
        self.root.append(picture)
