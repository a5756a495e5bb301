# A maze game in the manner of displayio, on bitmaps of our own: sheet, tile grids, groups, palettes, and dirty rectangles.
class Bitmap:
    def __init__(self, width, height, colors):
        self.width, self.height = width, height
        self.bits = 1
        while 1 << self.bits < colors:
            self.bits *= 2
        self.per_byte = 8 // self.bits
        self.mask = (1 << self.bits) - 1
        self.row = (width * self.bits + 7) // 8
        self.data = bytearray(self.row * height)

    def _place(self, xy):
        x, y = xy
        return y * self.row + x // self.per_byte, (self.per_byte - 1 - x % self.per_byte) * self.bits

    def __getitem__(self, xy):
        at, shift = self._place(xy)
        return self.data[at] >> shift & self.mask

    def __setitem__(self, xy, color):
        at, shift = self._place(xy)
        self.data[at] = self.data[at] & ~(self.mask << shift) | color << shift


class Palette(list):
    def __init__(self, *colors):
        super().__init__(colors)
        self.transparent = None


class TileGrid:
    def __init__(self, sheet, palette, width=1, height=1, tile=4, x=0, y=0):
        self.sheet, self.palette = sheet, palette
        self.width, self.height, self.tile = width, height, tile
        self.x, self.y = x, y
        self.tiles = bytearray(width * height)
        self.across = sheet.width // tile

    def __setitem__(self, xy, index):
        self.tiles[xy[1] * self.width + xy[0]] = index

    def __getitem__(self, xy):
        return self.tiles[xy[1] * self.width + xy[0]]

    @property
    def area(self):
        return self.x, self.y, self.x + self.width * self.tile, self.y + self.height * self.tile

    def color(self, x, y):
        x -= self.x
        y -= self.y
        if x < 0 or y < 0 or x >= self.width * self.tile or y >= self.height * self.tile:
            return None
        index = self[x // self.tile, y // self.tile]
        value = self.sheet[index % self.across * self.tile + x % self.tile, index // self.across * self.tile + y % self.tile]
        return None if value == self.palette.transparent else self.palette[value]


class Display:
    def __init__(self, width, height):
        self.width, self.height = width, height
        self.layers = []
        self.frame = [" " * width for _ in range(height)]
        self.dirty = [(0, 0, width, height)]
        self.pixels = 0

    def touch(self, area):
        self.dirty.append(area)

    def refresh(self):
        areas, self.dirty = self.dirty, []
        for x1, y1, x2, y2 in areas:
            x1, y1, x2, y2 = max(0, x1), max(0, y1), min(self.width, x2), min(self.height, y2)
            for y in range(y1, y2):
                part = []
                for x in range(x1, x2):
                    for layer in reversed(self.layers):
                        color = layer.color(x, y)
                        if color is not None:
                            part.append(color)
                            break
                    else:
                        part.append(" ")
                self.frame[y] = self.frame[y][:x1] + "".join(part) + self.frame[y][x2:]
                self.pixels += len(part)


SHEET = ("0000 1221 0330 1111", "0000 2112 3333 1..1", "0000 2112 3333 1..1", "0000 1221 0330 1111")
WORLD = ("#########", "#..#....#", "#.##.##.#", "#....#..#", "#########")

sheet = Bitmap(16, 4, 4)
for y, row in enumerate(SHEET):
    for x, cell in enumerate(row.replace(" ", "").replace(".", "0")):
        sheet[x, y] = int(cell)
walls = Palette(" ", ".", "#", "@")
hero_colors = Palette(" ", "+", "#", "@")
hero_colors.transparent = 0
world = TileGrid(sheet, walls, len(WORLD[0]), len(WORLD))
for y, row in enumerate(WORLD):
    for x, cell in enumerate(row):
        world[x, y] = 1 if cell == "#" else 0
hero = TileGrid(sheet, hero_colors, x=4, y=4)
hero[0, 0] = 2
display = Display(36, 20)
display.layers.extend([world, hero])
display.refresh()
print(display.pixels, len(sheet.data), sheet.bits)
STEPS = {"R": (4, 0), "L": (-4, 0), "U": (0, -4), "D": (0, 4)}
bumps = 0
for step in "RRLDDRRRUURRRDDL":
    dx, dy = STEPS[step]
    before = hero.area
    if world[(hero.x + dx) // 4, (hero.y + dy) // 4] == 1:
        bumps += 1
        continue
    hero.x, hero.y = hero.x + dx, hero.y + dy
    world[before[0] // 4, before[1] // 4] = 3
    display.touch(before)
    display.touch(hero.area)
    display.refresh()
print("\n".join(display.frame))
print(bumps, hero.area, display.pixels, sum(row.count("@") for row in display.frame), list(world.tiles[18:27]))
