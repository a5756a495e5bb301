# target: micropython/RPI_PICO
# Snake on a Pico with a 240x240 ST7789 and a joystick. MicroPython.
import framebuf
import gc
import machine
import random
import time

import st7789

WIDTH = 240
HEIGHT = 240
CELL = 12
COLS = WIDTH // CELL
ROWS = HEIGHT // CELL
UP, RIGHT, DOWN, LEFT = range(4)
STEPS = ((0, -1), (1, 0), (0, 1), (-1, 0))
SCORES = "scores.txt"

spi = machine.SPI(0, baudrate=62_500_000, sck=machine.Pin(18), mosi=machine.Pin(19))
tft = st7789.ST7789(spi, WIDTH, HEIGHT, reset=machine.Pin(21, machine.Pin.OUT),
                    dc=machine.Pin(20, machine.Pin.OUT), cs=machine.Pin(17, machine.Pin.OUT))
joy_x = machine.ADC(26)
joy_y = machine.ADC(27)
fire = machine.Pin(16, machine.Pin.IN, machine.Pin.PULL_UP)

# One cell, drawn once for each color, and blitted wherever it is wanted.
HEAD = bytearray(CELL * CELL * 2)
BODY = bytearray(CELL * CELL * 2)
APPLE = bytearray(CELL * CELL * 2)
EMPTY = bytearray(CELL * CELL * 2)
for tile, color in ((HEAD, 0xFFE0), (BODY, 0x07E0), (APPLE, 0xF800)):
    framebuf.FrameBuffer(tile, CELL, CELL, framebuf.RGB565).fill_rect(1, 1, CELL - 2, CELL - 2, color)


def put(tile, cell):
    tft.blit_buffer(tile, cell % COLS * CELL, cell // COLS * CELL, CELL, CELL)


def wait_for_fire():
    while fire.value():
        time.sleep_ms(20)
    while not fire.value():
        time.sleep_ms(20)


def direction(old):
    x = joy_x.read_u16() - 32768
    y = joy_y.read_u16() - 32768
    if max(abs(x), abs(y)) < 8000:
        return old
    if abs(x) > abs(y):
        new = RIGHT if x > 0 else LEFT
    else:
        new = DOWN if y > 0 else UP
    # Not back into its own neck.
    return old if (new + 2) % 4 == old else new


def free_cell(taken):
    cell = random.randrange(COLS * ROWS)
    while taken[cell]:
        cell = (cell + 7) % (COLS * ROWS)
    return cell


def draw_score(score):
    """A strip of text across the top. It is made anew for every step of the snake."""
    strip = bytearray(WIDTH * 10 * 2)  # expect: buffer-in-loop "exactly 4,816 bytes"
    text = framebuf.FrameBuffer(strip, WIDTH, 10, framebuf.RGB565)
    text.text("score {}".format(score), 2, 1, 0xFFFF)
    tft.blit_buffer(strip, 0, 0, WIDTH, 10)


def play():
    tft.fill(0)
    taken = bytearray(COLS * ROWS)
    snake = [COLS * ROWS // 2 + 5 - i for i in range(3)]
    for cell in snake:
        taken[cell] = 1
        put(BODY, cell)
    apple = free_cell(taken)
    put(APPLE, apple)
    heading = RIGHT
    score = 0
    while True:
        heading = direction(heading)
        dx, dy = STEPS[heading]
        x = (snake[0] % COLS + dx) % COLS
        y = (snake[0] // COLS + dy) % ROWS
        head = y * COLS + x
        if taken[head]:
            return score
        put(BODY, snake[0])
        put(HEAD, head)
        snake.insert(0, head)
        taken[head] = 1
        if head == apple:
            score += 1
            apple = free_cell(taken)
            put(APPLE, apple)
        else:
            tail = snake.pop()
            taken[tail] = 0
            put(EMPTY, tail)
        draw_score(score)
        time.sleep_ms(max(40, 160 - score * 4))


def best_score(score):
    """A few lines of text at most."""
    try:
        with open(SCORES) as file:
            best = int(file.readline())
    except (OSError, ValueError):
        best = 0
    if score > best:
        with open(SCORES, "w") as file:
            file.write("{}\n".format(score))
    return max(best, score)


def curtain():
    """Once a game; for each of the rows the same buffer."""
    row = bytearray(WIDTH * 2)
    for y in range(HEIGHT):
        tft.blit_buffer(row, 0, y, WIDTH, 1)
        time.sleep_ms(2)


while True:
    wait_for_fire()
    score = play()
    curtain()
    print("score", score, "best", best_score(score))
    gc.collect()
