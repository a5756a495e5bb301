"""Light effects for the bookshelf: each is a generator that paints one frame at a time. The button goes to the next."""
import random
import time

import board
import digitalio
import neopixel

COUNT = 30
FRAMES_EACH = 50

pixels = neopixel.NeoPixel(board.GP0, COUNT, brightness=0.4, auto_write=False)
button = digitalio.DigitalInOut(board.GP7)
button.switch_to_input(pull=digitalio.Pull.UP)


def wheel(pos):
    pos &= 255
    if pos < 85:
        return (255 - pos * 3, pos * 3, 0)
    if pos < 170:
        pos -= 85
        return (0, 255 - pos * 3, pos * 3)
    pos -= 170
    return (pos * 3, 0, 255 - pos * 3)


def dim(color, part):
    return tuple([c * part // 256 for c in color])


def rainbow(speed=3):
    shift = 0
    while True:
        for i in range(COUNT):
            pixels[i] = wheel(i * 256 // COUNT + shift)
        shift += speed
        yield


def comet(color, tail=8):
    colors = [dim(color, 256 >> n) for n in range(tail)]
    head = 0
    while True:
        pixels.fill((0, 0, 0))
        for n, shade in enumerate(colors):
            at = head - n
            if 0 <= at < COUNT:
                pixels[at] = shade
        head = head + 1 if head < COUNT + tail else 0
        yield


def fire():
    heat = bytearray(COUNT)
    while True:
        for i in range(COUNT):
            heat[i] = max(0, heat[i] - random.randint(0, 40))
        for i in range(COUNT - 1, 1, -1):
            heat[i] = (heat[i - 1] + heat[i - 2] * 2) // 3
        if random.random() < 0.6:
            heat[0] = random.randint(160, 255)
        for i in range(COUNT):
            h = heat[i]
            if h > 170:
                pixels[i] = (255, 255, (h - 170) * 3)
            elif h > 85:
                pixels[i] = (255, (h - 85) * 3, 0)
            else:
                pixels[i] = (h * 3, 0, 0)
        yield


def twinkle(chance=3):
    stars = {}
    while True:
        if random.randint(0, 9) < chance:
            stars[random.randint(0, COUNT - 1)] = 255
        pixels.fill((0, 0, 8))
        for at in list(stars):
            pixels[at] = (stars[at], stars[at], stars[at] // 2)
            stars[at] -= 51
            if stars[at] <= 0:
                del stars[at]
        yield


effects = [rainbow(), comet((255, 40, 0)), fire(), twinkle(), comet((0, 80, 255), 12)]
random.seed(7)
current = 0
shown = 0
was_up = True
while True:
    is_up = button.value
    if (was_up and not is_up) or shown >= FRAMES_EACH:
        current = (current + 1) % len(effects)
        shown = 0
        print("effect", current)
    was_up = is_up
    next(effects[current])
    pixels.show()
    shown += 1
    time.sleep(0.02)
