# A weather card on a monochrome screen: widgets with framebuf, text that is only drawn anew when it changed, the screen as text.
import framebuf

WIDTH, HEIGHT = 96, 32


class Screen(framebuf.FrameBuffer):
    def __init__(self, width, height):
        self.width = width
        self.height = height
        self.buffer = bytearray(width * height // 8)
        super().__init__(self.buffer, width, height, framebuf.MONO_VLSB)
        self.shown = 0

    def show(self):
        self.shown += 1
        return sum(bin(byte).count("1") for byte in self.buffer)

    def dump(self):
        """Two rows a line, so that it is not too long."""
        for y in range(0, self.height, 2):
            line = ""
            for x in range(self.width):
                line += " '.:"[self.pixel(x, y) | self.pixel(x, y + 1) << 1]
            line = line.rstrip()
            if line:
                print("%2d|%s" % (y, line))


class Widget:
    def __init__(self, x, y, w, h):
        self.x, self.y, self.w, self.h = x, y, w, h
        self.value = None

    def update(self, screen, value):
        if value == self.value:
            return False
        self.value = value
        screen.fill_rect(self.x, self.y, self.w, self.h, 0)
        self.draw(screen)
        return True

    def draw(self, screen):
        raise NotImplementedError


class Label(Widget):
    def __init__(self, x, y, form, width=6):
        super().__init__(x, y, width * 8, 8)
        self.form = form

    def draw(self, screen):
        screen.text(self.form.format(self.value), self.x, self.y, 1)


class Gauge(Widget):
    def __init__(self, x, y, w, h, low, high):
        super().__init__(x, y, w, h)
        self.low, self.high = low, high

    def draw(self, screen):
        screen.rect(self.x, self.y, self.w, self.h, 1)
        part = (self.value - self.low) / (self.high - self.low)
        filled = int((self.w - 4) * max(0.0, min(1.0, part)))
        if filled:
            screen.fill_rect(self.x + 2, self.y + 2, filled, self.h - 4, 1)


class Icon(Widget):
    SHAPES = {
        "sun": b"\x10\x92\x54\x38\xee\x38\x54\x92",
        "cloud": b"\x00\x38\x44\x82\x81\xff\x7e\x00",
        "rain": b"\x38\x44\x82\xff\x00\x54\x2a\x54",
    }

    def __init__(self, x, y):
        super().__init__(x, y, 8, 8)
        self.cache = {}

    def draw(self, screen):
        if self.value not in self.cache:
            data = bytearray(self.SHAPES[self.value])
            self.cache[self.value] = framebuf.FrameBuffer(data, 8, 8, framebuf.MONO_HLSB)
        screen.blit(self.cache[self.value], self.x, self.y, 0)


READINGS = (
    (21.4, 40, 1013, "sun"),
    (21.4, 42, 1012, "sun"),
    (18.9, 66, 1004, "cloud"),
    (14.0, 91, 997, "rain"),
    (13.6, 91, 997, "rain"),
    (-3.25, 75, 1021, "sun"),
)

screen = Screen(WIDTH, HEIGHT)
widgets = [Label(0, 0, "{:5.1f}C"), Label(0, 12, "{:3d}%", 4), Gauge(40, 12, 54, 8, 0, 100), Label(0, 23, "{} hPa", 8), Icon(84, 1)]
for temp, humidity, pressure, sky in READINGS:
    values = (temp, humidity, humidity, pressure, sky)
    drawn = [widget.update(screen, value) for widget, value in zip(widgets, values)]
    print(screen.show(), "".join("*" if one else "-" for one in drawn), "%s %d" % (sky, pressure))
screen.dump()
screen.scroll(-8, 0)
screen.line(0, HEIGHT - 1, WIDTH - 1, HEIGHT - 1, 1)
print(screen.show(), screen.shown, len(widgets[-1].cache), bytes(screen.buffer[-4:]))
