# The first of the two canvases speaks for both, whatever the methods below them in the file made before.
import board
import displayio
import terminalio
from adafruit_display_text import label


class Gauge:
    def __init__(self, root):
        self.root = root
        self.add_texts()
        self.dial = displayio.Bitmap(100, 100, 16)  # expect-note: "exactly 5,200 bytes" "above line 11"
        self.scale = displayio.Bitmap(100, 40, 16)
        root.append(displayio.TileGrid(self.dial, pixel_shader=displayio.Palette(16)))
        root.append(displayio.TileGrid(self.scale, pixel_shader=displayio.Palette(16)))

    def add_texts(self):
        self.name = label.Label(terminalio.FONT, text="pressure")
        self.value = label.Label(terminalio.FONT, text="1013 hPa", y=20)
        self.trend = label.Label(terminalio.FONT, text="rising", y=40)
        self.root.append(self.name)
        self.root.append(self.value)
        self.root.append(self.trend)


gauge = Gauge(displayio.Group())
board.DISPLAY.root_group = gauge.root
