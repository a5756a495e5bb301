# Conway's game of life on two frame buffers that take turns; glider gun and friends, population as a bar below.
import framebuf

W, H = 40, 20
BAR = 2

GUN = """
........................O
......................O.O
............OO......OO............OO
...........O...O....OO............OO
OO........O.....O...OO
OO........O...O.OO....O.O
..........O.....O.......O
...........O...O
............OO
"""


def make(width, height):
    data = bytearray((width + 7) // 8 * height)
    return framebuf.FrameBuffer(data, width, height, framebuf.MONO_HLSB), data


def stamp(screen, picture, x0, y0):
    cells = 0
    for y, row in enumerate(picture.strip("\n").split("\n")):
        for x, cell in enumerate(row):
            if cell == "O":
                screen.pixel(x0 + x, y0 + y, 1)
                cells += 1
    return cells


def step(old, new):
    get, put = old.pixel, new.pixel
    new.fill(0)
    alive = 0
    for y in range(H - BAR):
        up, down = (y - 1) % (H - BAR), (y + 1) % (H - BAR)
        left = get(W - 1, up) + get(W - 1, y) + get(W - 1, down)
        middle = get(0, up) + get(0, y) + get(0, down)
        for x in range(W):
            beyond = (x + 1) % W
            right = get(beyond, up) + get(beyond, y) + get(beyond, down)
            me = get(x, y)
            count = left + middle + right - me
            if count == 3 or (me and count == 2):
                put(x, y, 1)
                alive += 1
            left, middle = middle, right
    return alive


def picture(screen):
    rows = []
    for y in range(H):
        row = "".join("O" if screen.pixel(x, y) else "." for x in range(W))
        rows.append(row)
    return rows


(front, front_data), (back, back_data) = make(W, H), make(W, H)
population = [stamp(front, GUN, 1, 2)]
seen = {bytes(front_data): 0}
for generation in range(1, 9):
    population.append(step(front, back))
    front, back = back, front
    front_data, back_data = back_data, front_data
    key = bytes(front_data)
    if key in seen:
        print("as in generation", seen[key])
        break
    seen[key] = generation
front.hline(0, H - BAR, population[-1] * W // max(population), 1)
for row in picture(front):
    if "O" in row:
        print(row)
print(population)
print("generations {}, fewest {}, most {} in {}".format(
    len(population) - 1, min(population), max(population), population.index(max(population))))

glider, glider_data = make(W, H)
spare, spare_data = make(W, H)
stamp(glider, "\n.O.\n..O\nOOO\n", 20, 5)
before = bytes(glider_data)
for _ in range(4):
    step(glider, spare)
    glider, spare = spare, glider
shifted, shifted_data = make(W, H)
stamp(shifted, "\n.O.\n..O\nOOO\n", 21, 6)
print([i for i, byte in enumerate(before) if byte], bytes(shifted_data) == bytes(glider_data))
