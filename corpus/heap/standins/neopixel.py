"""A strip of either firmware: colours are kept, and shown nowhere."""

GRB = "GRB"


class NeoPixel:
    def __init__(self, pin, n, bpp=3, brightness=1.0, auto_write=True, pixel_order=GRB):
        self.n = n
        self.brightness = brightness
        self.colors = [0] * n

    def __len__(self):
        return self.n

    def __getitem__(self, index):
        return self.colors[index]

    def __setitem__(self, index, color):
        self.colors[index] = color

    def fill(self, color):
        index = 0
        while index < self.n:
            self.colors[index] = color
            index += 1

    def show(self):
        pass

    def write(self):
        pass
