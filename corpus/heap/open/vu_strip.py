"""A strip of LEDs shows how loud it is, with a peak that falls slowly."""
import array
import math
import time

import audiobusio
import board
import neopixel

NUM_PIXELS = 10
NUM_SAMPLES = 64
CURVE = 2

strip = neopixel.NeoPixel(board.NEOPIXEL, NUM_PIXELS, brightness=0.1, auto_write=False)
mic = audiobusio.PDMIn(board.GP4, board.GP5, sample_rate=16000, bit_depth=16)


def mean(values):
    return sum(values) / len(values)


def normalized_rms(values):
    minbuf = int(mean(values))
    samples_sum = sum(float(sample - minbuf) * (sample - minbuf) for sample in values)
    return math.sqrt(samples_sum / len(values))


def log_scale(value, low, high, steps):
    if value <= low:
        return 0
    if value >= high:
        return steps
    part = (value - low) / (high - low)
    return int(math.pow(part, 1 / CURVE) * steps)


def volume_color(volume):
    return 200, volume * (255 // NUM_PIXELS), 0


input_floor = 10
input_ceiling = input_floor + 500
peak = 0
while True:
    samples = array.array("H", [0] * NUM_SAMPLES)
    count = mic.record(samples, len(samples))
    if count < NUM_SAMPLES:
        print("only", count, "samples")
        time.sleep(0.01)
        continue
    magnitude = normalized_rms(samples)
    level = log_scale(magnitude, input_floor, input_ceiling, NUM_PIXELS)
    strip.fill(0)
    for i in range(level):
        strip[i] = volume_color(i)
    if level >= peak:
        peak = min(level, NUM_PIXELS - 1)
    elif peak > 0:
        peak = peak - 1
    if peak > 0:
        strip[peak] = (80, 0, 255)
    strip.show()
