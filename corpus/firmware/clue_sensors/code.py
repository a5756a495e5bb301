# target: circuitpython/clue_nrf52840_express
"""All sensors of the CLUE on its own display. Button A changes the page."""
import gc
import time

import board
import displayio
import terminalio
from adafruit_clue import clue
from adafruit_display_text import bitmap_label, label

PAGES = ("climate", "motion", "light")
ALARM_C = 30

# The bar graph: made first, while the heap is still in one piece.
bars = displayio.Bitmap(240, 40, 4)
colors = displayio.Palette(4)
colors[0] = 0x000000
colors[1] = 0x00A000
colors[2] = 0xA0A000
colors[3] = 0xC00000

screen = displayio.Group()
screen.append(displayio.TileGrid(bars, pixel_shader=colors, x=0, y=200))

title = label.Label(terminalio.FONT, text="climate", scale=2, x=8, y=16, color=0xFFFF00)
screen.append(title)
# One label for the whole page, to have only one thing to place.
page_text = bitmap_label.Label(terminalio.FONT, text="one moment", x=8, y=44)
screen.append(page_text)
alarm = label.Label(terminalio.FONT, text="ok", x=8, y=188, color=0x00FF00)
screen.append(alarm)
board.DISPLAY.root_group = screen


def climate():
    return (
        f"temperature of the room is {clue.temperature:.2f} C\n"
        f"relative humidity of air is {clue.humidity:.1f} %\n"
        f"pressure of the atmosphere {clue.pressure:.2f} hPa\n"
        f"height above the sea level {clue.altitude:.1f} m\n"
        f"loudness close to the board {clue.sound_level:.0f}"
    )


def motion():
    x, y, z = clue.acceleration
    a, b, c = clue.gyro
    return (
        f"acceleration to the right {x:.2f} m/s2\n"
        f"acceleration to the front {y:.2f} m/s2\n"
        f"acceleration up or down {z:.2f} m/s2\n"
        f"turning about the axes {a:.1f} / {b:.1f} / {c:.1f}\n"
        f"steps that it has counted {int(abs(x) + abs(y))}"
    )


def light():
    red, green, blue, clear = clue.color
    return (
        f"red part of the light now {red}\n"
        f"green part of the light now {green}\n"
        f"blue part of the light now {blue}\n"
        f"all of the light together {clear}\n"
        f"something near the sensor {clue.proximity}"
    )


def draw_bar(value, low, high):
    length = int((value - low) * 239 / (high - low))
    length = max(0, min(239, length))
    color = 1 if length < 120 else 2 if length < 190 else 3
    bars.fill(0)
    for x in range(length):
        for y in range(4, 36):
            bars[x, y] = color


page = 0
was_alarm = False
while True:
    pressed = clue.were_pressed
    if "A" in pressed:
        page = (page + 1) % len(PAGES)
        # Somebody has pressed a button: once in a while is fine.
        title.text = PAGES[page]

    if page == 0:
        text = climate()
    elif page == 1:
        text = motion()
    else:
        text = light()
    # Two digits or three: nearly every new text wants a bitmap of another width.
    page_text.text = text  # expect-note: bitmap-label-frequent-text "in one run"

    temperature = clue.temperature
    draw_bar(temperature, 10, 40)
    is_alarm = temperature > ALARM_C
    if is_alarm != was_alarm:
        was_alarm = is_alarm
        alarm.text = "too warm: {:.1f}".format(temperature) if is_alarm else "ok"

    if gc.mem_free() < 12000:
        gc.collect()
    time.sleep(0.1)
