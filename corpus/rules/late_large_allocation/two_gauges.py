# Each gauge has a canvas of its own: which of them should come first nobody can say.
import board
import displayio
from adafruit_bitmap_font import bitmap_font

font = bitmap_font.load_font("/fonts/gauge.bdf")
font.load_glyphs(b"0123456789")


class Gauge:
    def __init__(self, x):
        self.canvas = displayio.Bitmap(100, 100, 4)
        self.grid = displayio.TileGrid(self.canvas, pixel_shader=displayio.Palette(4), x=x)


left = Gauge(0)
right = Gauge(120)
group = displayio.Group()
group.append(left.grid)
group.append(right.grid)
board.DISPLAY.root_group = group
