"""Pixels are kept nowhere. One is set by `pixel`: with `m[x, y] = 1` a tuple would be made."""


class Matrix8x8:
    def __init__(self, i2c, address=0x70, auto_write=True, brightness=1.0):
        self.auto_write = auto_write
        self.brightness = brightness

    def fill(self, color):
        pass

    def pixel(self, x, y, color=None):
        pass

    def show(self):
        pass
