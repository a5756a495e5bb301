"""A month on a 2.9" tri-color FeatherWing, with the birthdays from a file.

The paper may only be refreshed every three minutes, so all that happens here happens slowly;
the touch pads on the side show next month for a while.
"""
import json
import time

import adafruit_il0373
import board
import displayio
import fourwire
import keypad
import rtc
import terminalio
from adafruit_bitmap_font import bitmap_font
from adafruit_display_text import label

WIDTH = 296
HEIGHT = 128
BIRTHDAYS = "/birthdays.json"
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August",
          "September", "October", "November", "December")

displayio.release_displays()
spi = board.SPI()
bus = fourwire.FourWire(spi, command=board.D10, chip_select=board.D9, baudrate=1000000)
time.sleep(1)
display = adafruit_il0373.IL0373(bus, width=WIDTH, height=HEIGHT, rotation=270, black_bits_inverted=False,
                                 color_bits_inverted=False, grayscale=True, refresh_time=1)
keys = keypad.Keys((board.D11, board.D12, board.D13), value_when_pressed=False)


def birthdays():
    """The days of each month on which somebody has a birthday."""
    with open(BIRTHDAYS) as file:
        people = json.load(file)
    days = [0] * 13
    for person in people:
        days[person["month"]] |= 1 << person["day"]
    del people  # expect: del-without-collect "size not known"
    return days, [label.Label(terminalio.FONT, text=str(day)) for day in range(1, 32)]


def weekday(year, month, day):
    """Monday is 0. Zeller, with March as the first month."""
    if month < 3:
        month += 12
        year -= 1
    return (day + 13 * (month + 1) // 5 + year + year // 4 - year // 100 + year // 400 + 5) % 7


def length_of(year, month):
    if month == 2:
        return 29 if year % 4 == 0 else 28
    return 30 if month in (4, 6, 9, 11) else 31


palette = displayio.Palette(3)
palette[0] = 0xFFFFFF
palette[1] = 0x000000
palette[2] = 0xFF0000

heading_font = bitmap_font.load_font("/fonts/LeagueSpartan-Bold-16.bdf")
heading_font.load_glyphs(b"JanuryFebMchApilMyJgstSmOoNvDd 0123456789")
days, numbers = birthdays()

# The whole paper, two bits a pixel. It could have been made before the font was loaded.
paper = displayio.Bitmap(296, 128, 4)  # expect-note: late-large-allocation
page = displayio.Group()
page.append(displayio.TileGrid(paper, pixel_shader=palette))
heading = label.Label(heading_font, text="", x=8, y=14, color=0x000000)
page.append(heading)
for number in numbers:
    number.color = 0x000000
    page.append(number)
display.root_group = page


def draw(year, month):
    heading.text = "{} {}".format(MONTHS[month - 1], year)
    paper.fill(0)
    first = weekday(year, month, 1)
    for index, number in enumerate(numbers):
        if index >= length_of(year, month):
            number.hidden = True
            continue
        cell = first + index
        number.hidden = False
        number.x = 8 + cell % 7 * 40
        number.y = 36 + cell // 7 * 16
        if days[month] & 1 << (index + 1):
            for x in range(number.x - 2, min(number.x + 14, WIDTH)):
                paper[x, min(number.y + 7, HEIGHT - 1)] = 2


def refresh():
    time.sleep(display.time_to_refresh)
    display.refresh()


clock = rtc.RTC()
shown = None
while True:
    now = clock.datetime
    event = keys.events.get()
    if event is not None and event.pressed:
        # Asked for by hand; the paper takes its three minutes.
        draw(now.tm_year + now.tm_mon // 12, now.tm_mon % 12 + 1)
        refresh()
        shown = None
    elif shown != (now.tm_mon, now.tm_mday):
        draw(now.tm_year, now.tm_mon)
        refresh()
        shown = (now.tm_mon, now.tm_mday)
    time.sleep(1)
