# The only Screen of the program makes its font and its labels before the canvas under them.
import board
import displayio
from adafruit_bitmap_font import bitmap_font
from adafruit_display_text import label


class Screen:
    def __init__(self, display):
        self.root = displayio.Group()
        self.font = bitmap_font.load_font("/fonts/Lato-18.pcf")
        self.font.load_glyphs(b"0123456789.% ")
        self.width = 240
        self.canvas = displayio.Bitmap(self.width, 160, 16)  # expect: "above line 11" "together with line 13"
        self.root.append(displayio.TileGrid(self.canvas, pixel_shader=displayio.Palette(16)))
        self.value = label.Label(self.font, text="0 %")
        self.root.append(self.value)
        display.root_group = self.root


screen = Screen(board.DISPLAY)
screen.value.x = 8
