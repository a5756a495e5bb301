# A 5x7 font of our own for a clock: glyphs packed in bytes, scaled into a bitmap, proportional widths, drawn as blocks.
FONT = {
    "0": b"\x3e\x51\x49\x45\x3e", "1": b"\x42\x7f\x40", "2": b"\x62\x51\x49\x49\x46", "3": b"\x22\x41\x49\x49\x36",
    "4": b"\x18\x14\x12\x7f\x10", "5": b"\x27\x45\x45\x45\x39", "6": b"\x3c\x4a\x49\x49\x30", "7": b"\x01\x71\x09\x05\x03",
    "8": b"\x36\x49\x49\x49\x36", "9": b"\x06\x49\x49\x29\x1e", ":": b"\x24", " ": b"\x00\x00", "A": b"\x7e\x11\x11\x11\x7e",
    "M": b"\x7f\x02\x0c\x02\x7f", "P": b"\x7f\x09\x09\x09\x06",
}
HEIGHT = 7


class Bitmap:
    def __init__(self, width, height):
        self.width, self.height = width, height
        self.stride = (width + 7) // 8
        self.data = bytearray(self.stride * height)

    def __getitem__(self, place):
        x, y = place
        return self.data[y * self.stride + (x >> 3)] >> (7 - (x & 7)) & 1

    def __setitem__(self, place, value):
        x, y = place
        if not (0 <= x < self.width and 0 <= y < self.height):
            return
        at, bit = y * self.stride + (x >> 3), 0x80 >> (x & 7)
        if value:
            self.data[at] |= bit
        else:
            self.data[at] &= ~bit

    def clear(self):
        for i in range(len(self.data)):
            self.data[i] = 0

    def blit(self, other, x0, y0):
        for y in range(other.height):
            for x in range(other.width):
                if other[x, y]:
                    self[x0 + x, y0 + y] = 1

    def rows(self):
        for y in range(self.height):
            yield self.data[y * self.stride:(y + 1) * self.stride]


class Font:
    def __init__(self, glyphs, scale=1, gap=1):
        self.glyphs = glyphs
        self.scale = scale
        self.gap = gap
        self._made = {}

    def glyph(self, letter):
        made = self._made.get(letter)
        if made is None:
            columns = self.glyphs.get(letter, b"\x7f\x7f")
            made = Bitmap(len(columns) * self.scale, HEIGHT * self.scale)
            for x, column in enumerate(columns):
                for y in range(HEIGHT):
                    if column >> y & 1:
                        for dx in range(self.scale):
                            for dy in range(self.scale):
                                made[x * self.scale + dx, y * self.scale + dy] = 1
            self._made[letter] = made
        return made

    def width_of(self, text):
        return sum(self.glyph(letter).width + self.gap for letter in text) - self.gap

    def draw(self, target, text, x, y):
        for letter in text:
            glyph = self.glyph(letter)
            target.blit(glyph, x, y)
            x += glyph.width + self.gap
        return x


def show(bitmap):
    for row in bitmap.rows():
        line = "".join("{:08b}".format(byte) for byte in row)[:bitmap.width]
        print(line.replace("0", " ").replace("1", "#").rstrip())


small, big = Font(FONT), Font(FONT, scale=2, gap=2)
screen = Bitmap(72, 16)
lit = []
for minute in range(0, 24 * 60, 173):
    hour, rest = minute // 60, minute % 60
    text = f"{(hour + 11) % 12 + 1}:{rest:02d}"
    screen.clear()
    end = big.draw(screen, text, (54 - big.width_of(text)) // 2, 1)
    small.draw(screen, "PM" if hour >= 12 else "AM", 60, 8)
    lit.append((sum(bin(byte).count("1") for byte in screen.data), text, end))
show(screen)
lit.sort(reverse=True)
for count, text, end in lit[:3]:
    print("%3d pixels %5s to %d" % (count, text, end))
print(len(lit), len(big._made), sorted(small._made), sum(len(one.data) for one in big._made.values()))
print(small.width_of("12:34"), small.width_of("?!"), bytes(small.glyph("M").data))
