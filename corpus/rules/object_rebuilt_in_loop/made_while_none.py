# Made when it is first needed, and changed from then on.
import board
import displayio
import terminalio
from adafruit_bitmap_font import bitmap_font
from adafruit_display_text import label


class Alarms:
    def __init__(self):
        self.page = displayio.Group()
        self.banner = None
        self.fonts = {}

    def font(self, path):
        if path not in self.fonts:
            self.fonts[path] = bitmap_font.load_font(path)
        return self.fonts[path]

    def show(self, text):
        if self.banner is None:
            self.banner = label.Label(self.font("/fonts/Arial-12.bdf"), text="")
            self.page.append(self.banner)
        if text != self.banner.text:
            self.banner.text = text


alarms = Alarms()
board.DISPLAY.root_group = alarms.page
uart = board.UART()
status = None
while True:
    alarms.show("low" if uart.in_waiting else "ok")
    if not status:
        status = label.Label(terminalio.FONT, text="up")
        alarms.page.append(status)
