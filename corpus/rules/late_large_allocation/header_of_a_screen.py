# Three calls down, the sheet of a screen's header: its folder is known from the constructor on.
import adafruit_imageload
import board
import displayio
from adafruit_bitmap_font import bitmap_font
from adafruit_display_text.label import Label


class Screen:
    SIGNAL = "signal.bmp"

    def __init__(self, folder):
        self.large = bitmap_font.load_font(folder + "/fonts/Lato-36.bdf")
        self.small = bitmap_font.load_font(folder + "/fonts/Lato-16.bdf")
        self.large.load_glyphs("0123456789:")
        self.small.load_glyphs("abcdefghijklmnopqrstuvwxyz ")
        self.folder = folder
        self.root = displayio.Group()
        self.add_header()
        board.DISPLAY.root_group = self.root

    def add_header(self):
        self.title = Label(self.small, text="kitchen")
        self.root.append(self.title)
        self.root.append(self.signal())

    def signal(self):
        sheet, colours = adafruit_imageload.load(self.folder + "/" + self.SIGNAL)  # expect-note: "above line 13, together with line 17"
        return displayio.TileGrid(sheet, pixel_shader=colours, tile_width=20, tile_height=20)


screen = Screen("/house")
screen.title.x = 8
