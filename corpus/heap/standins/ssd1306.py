"""A display that keeps the last text it was given."""


class SSD1306_I2C:
    def __init__(self, width, height, i2c, addr=0x3C):
        self.width = width
        self.height = height
        self.last_text = None

    def fill(self, color):
        pass

    def text(self, string, x, y, color=1):
        self.last_text = string

    def pixel(self, x, y, color):
        pass

    def hline(self, x, y, w, color):
        pass

    def vline(self, x, y, h, color):
        pass

    def fill_rect(self, x, y, w, h, color):
        pass

    def show(self):
        pass
