# Charts in colour on a small panel: RGB565 frame buffer, scaled axes, moving average, pie by ellipses, strips sent line by line.
import framebuf
import math
from array import array

W, H = 80, 48


def rgb(r, g, b):
    return (r & 0xF8) << 8 | (g & 0xFC) << 3 | b >> 3


BLACK, WHITE, RED, GREEN, GREY = rgb(0, 0, 0), rgb(255, 255, 255), rgb(255, 40, 0), rgb(0, 200, 80), rgb(90, 90, 90)
NAMES = {BLACK: ".", WHITE: "W", RED: "r", GREEN: "g", GREY: "-"}


class Panel:
    """What a driver for a TFT would be; it counts what goes over the wire."""

    def __init__(self):
        self.sent = 0
        self.windows = 0

    def block(self, x1, y1, x2, y2, data):
        assert (x2 - x1) * (y2 - y1) * 2 == len(data)
        self.windows += 1
        self.sent += len(data)


class Chart:
    def __init__(self, x, y, w, h):
        self.x, self.y, self.w, self.h = x, y, w, h
        self.series = []

    def add(self, values, color):
        self.series.append((values, color))

    @property
    def limits(self):
        low = min(min(values) for values, _ in self.series)
        high = max(max(values) for values, _ in self.series)
        if low == high:
            high = low + 1
        step = 10 ** int(math.log(high - low) / math.log(10))
        return math.floor(low / step) * step, math.ceil(high / step) * step, step

    def draw(self, fb):
        low, high, step = self.limits
        fb.rect(self.x, self.y, self.w, self.h, WHITE)
        tick = low + step
        while tick < high:
            y = self.to_y(tick, low, high)
            for x in range(self.x + 2, self.x + self.w - 1, 4):
                fb.pixel(x, y, GREY)
            tick += step
        for values, color in self.series:
            last = None
            for i, value in enumerate(values):
                place = self.x + 1 + i * (self.w - 3) // (len(values) - 1), self.to_y(value, low, high)
                if last is not None:
                    fb.line(last[0], last[1], place[0], place[1], color)
                last = place
        return low, high, step

    def to_y(self, value, low, high):
        return self.y + self.h - 2 - round((value - low) / (high - low) * (self.h - 3))


def average(values, size):
    total = 0.0
    window = []
    for value in values:
        window.append(value)
        total += value
        if len(window) > size:
            total -= window.pop(0)
        yield total / len(window)


readings = array("f", [0] * 40)
for i in range(len(readings)):
    readings[i] = 20 + 6 * math.sin(i / 5) + (i * 7919 % 13) / 6

buffer = bytearray(W * H * 2)
fb = framebuf.FrameBuffer(buffer, W, H, framebuf.RGB565)
fb.fill(BLACK)
chart = Chart(0, 0, 56, H - 9)
chart.add(readings, GREY)
chart.add(list(average(readings, 6)), GREEN)
low, high, step = chart.draw(fb)
fb.text("{:.0f}-{:.0f}".format(low, high), 0, H - 8, WHITE)
fb.ellipse(67, 12, 10, 10, WHITE, True)
fb.ellipse(67, 12, 10, 10, RED, True, 0b0011)
fb.ellipse(67, 36, 9, 6, GREEN)
fb.poly(60, 26, array("h", [0, 0, 14, 0, 7, 4]), RED, True)

panel = Panel()
strip = memoryview(buffer)
for y in range(0, H, 8):
    panel.block(0, y, W, y + 8, strip[y * W * 2:(y + 8) * W * 2])
print(panel.sent, panel.windows, low, high, step)
counts = {}
for y in range(H):
    for x in range(W):
        color = fb.pixel(x, y)
        counts[color] = counts.get(color, 0) + 1
print(sorted((NAMES[color], count) for color, count in counts.items()))
for y in range(0, H, 4):
    print("".join([NAMES[fb.pixel(x, y)] for x in range(W)]))
small = bytearray(W // 4 * H // 4)
thumb = framebuf.FrameBuffer(small, W // 4, H // 4, framebuf.GS8)
for y in range(H // 4):
    for x in range(W // 4):
        color = fb.pixel(x * 4, y * 4)
        thumb.pixel(x, y, (color >> 11) * 8 * 3 // 10 + (color >> 5 & 63) * 4 * 6 // 10 + (color & 31) * 8 // 10)
print(max(small), sum(small), "%.2f" % (sum(small) / len(small)), "%.3f %.3f" % (max(readings), min(readings)))
