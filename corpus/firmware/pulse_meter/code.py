# target: circuitpython/feather_m4_express
"""A pulse meter for the classroom: a clip on the finger, twelve pixels that beat along, the last minute on the REPL."""
import time

import analogio
import board
import digitalio
import neopixel

PIXELS = 12
BURST = 200
MINUTE = 60
FAINT = 300

clip = analogio.AnalogIn(board.A1)
pixels = neopixel.NeoPixel(board.D5, PIXELS, brightness=0.2, auto_write=False)
button = digitalio.DigitalInOut(board.D7)
button.switch_to_input(pull=digitalio.Pull.UP)

beats = []
wave = bytearray(PIXELS)


def draw(strength):
    """The newest strength comes in on the left, the others move on."""
    for i in range(PIXELS - 1, 0, -1):
        wave[i] = wave[i - 1]
    wave[0] = min(255, strength // 8)
    for i in range(PIXELS):
        pixels[i] = (wave[i], 0, wave[i] // 4)
    pixels.show()


def rate():
    """Beats of the last minute."""
    now = time.monotonic()
    count = 0
    for when, strength in beats:
        if now - when < MINUTE:
            count += 1
    return count


shown = None
was_pressed = False
while True:  # expect-note: loop-without-collect "`[time.monotonic(), strength]`"
    # The mean of a burst: single readings are wild.
    strength = abs(sum([clip.value for _ in range(BURST)]) // BURST - 32768)
    draw(strength)
    if strength > FAINT:
        beats.append([time.monotonic(), strength])
        if len(beats) > 200:
            beats.pop(0)

    is_pressed = not button.value
    if is_pressed and not was_pressed:
        number = rate()
        if number != shown:
            print("beats in a minute:", number)
            shown = number
    was_pressed = is_pressed
    time.sleep(0.02)
