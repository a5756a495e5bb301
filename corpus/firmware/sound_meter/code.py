"""A bar of NeoPixels that follows the loudness in the room, with a slow history on the REPL."""
import array
import math
import time

import audiobusio
import board
import neopixel

NUM_PIXELS = 10
NUM_SAMPLES = 160
HISTORY_MINUTES = 30
CURVE = 2
SCALE_EXPONENT = math.pow(10, CURVE * -0.1)


def constrain(value, floor, ceiling):
    return max(floor, min(value, ceiling))


def log_scale(value, input_min, input_max, output_min, output_max):
    normalized = (value - input_min) / (input_max - input_min)
    return output_min + math.pow(normalized, SCALE_EXPONENT) * (output_max - output_min)


def normalized_rms(values):
    mean = int(sum(values) / len(values))
    total = sum(float(sample - mean) * (sample - mean) for sample in values)
    return math.sqrt(total / len(values))


def volume_color(volume):
    blue = volume * (255 // NUM_PIXELS)
    return (200, blue, 0)


pixels = neopixel.NeoPixel(board.NEOPIXEL, NUM_PIXELS, brightness=0.1, auto_write=False)
pixels.fill(0)
pixels.show()

mic = audiobusio.PDMIn(board.MICROPHONE_CLOCK, board.MICROPHONE_DATA, sample_rate=16000, bit_depth=16)

# Made once, before the loop, and filled again and again: nothing to say about this one.
samples = array.array("H", [0] * NUM_SAMPLES)
mic.record(samples, len(samples))
input_floor = normalized_rms(samples) + 10
input_ceiling = input_floor + 500

history = []
peak = 0
next_minute = time.monotonic() + 60

while True:
    # The list that fills the array costs as much again as the array itself.
    window = array.array("H", [0] * 1024)  # expect: buffer-in-loop
    mic.record(window, len(window))
    magnitude = normalized_rms(window)

    level = log_scale(constrain(magnitude, input_floor, input_ceiling),
                      input_floor, input_ceiling, 0, NUM_PIXELS)
    pixels.fill(0)
    for i in range(NUM_PIXELS):
        if i < level:
            pixels[i] = volume_color(i)
    if level >= peak:
        peak = min(level, NUM_PIXELS - 1)
    elif peak > 0:
        peak = peak - 1
    if peak > 0:
        pixels[int(peak)] = (80, 0, 255)
    pixels.show()

    # A few bytes for the link below: far too small to matter.
    header = bytearray(4)
    header[0] = int(level)

    if time.monotonic() >= next_minute:
        next_minute += 60
        history.append(magnitude)
        if len(history) > HISTORY_MINUTES:
            history.pop(0)
        print("last", len(history), "minutes, loudest", max(history))
