"""A word clock: 11 x 10 letters before LEDs, words by the minute, summer time, a dimmed night, a fade to the next words."""
import time

from machine import ADC, Pin
from neopixel import NeoPixel

COLUMNS, ROWS = 11, 10
FACE = (
    "ITLISASAMPM"
    "ACQUARTERDC"
    "TWENTYFIVEX"
    "HALFSTENFTO"
    "PASTERUNINE"
    "ONESIXTHREE"
    "FOURFIVETWO"
    "EIGHTELEVEN"
    "SEVENTWELVE"
    "TENSEOCLOCK"
)
HOURS = "TWELVE ONE TWO THREE FOUR FIVE SIX SEVEN EIGHT NINE TEN ELEVEN".split()
STEPS = {0: "", 5: "FIVE", 10: "TEN", 15: "QUARTER", 20: "TWENTY", 25: "TWENTYFIVE", 30: "HALF"}


def find_word(word, after):
    start = FACE.index(word, after)
    if start // COLUMNS != (start + len(word) - 1) // COLUMNS:
        return find_word(word, start + 1)
    return start, len(word)


def sentence(hour, minute):
    rounded = minute // 5 * 5
    words = ["IT", "IS"]
    if rounded > 30:
        hour += 1
        words += [STEPS[60 - rounded], "TO"]
    elif rounded:
        words.extend((STEPS[rounded], "PAST"))
    words.append(HOURS[hour % 12])
    if not rounded:
        words.append("OCLOCK")
    return words


def lit(words):
    places = set()
    for word in words:
        after = 0
        if word in HOURS and word is words[-1] or word in HOURS and words[-1] == "OCLOCK":
            after = 4 * COLUMNS
        start, length = find_word(word, after)
        places |= {i for i in range(start, start + length)}
    return frozenset(places)


def led(place):
    row, column = divmod(place, COLUMNS)
    return row * COLUMNS + (column if row % 2 == 0 else COLUMNS - 1 - column)


def last_sunday(year, month):
    days = 31
    k = (23 * month // 9 + 4 + year + (year - (month < 3)) // 4 - year // 100 + year // 400 + days) % 7
    return days - k


def is_summer(year, month, day, hour):
    if 3 < month < 10:
        return True
    if month == 3:
        return (day, hour) >= (last_sunday(year, 3), 1)
    return month == 10 and (day, hour) < (last_sunday(year, 10), 1)


class Face:
    def __init__(self, pixels, color):
        self.pixels = pixels
        self.color = color
        self.shown = frozenset()
        self.cache = {}

    def change(self, words, level):
        key = " ".join(words)
        if key not in self.cache:
            if len(self.cache) >= 8:
                self.cache.clear()
            self.cache[key] = lit(words)
        places = self.cache[key]
        going, coming = self.shown - places, places - self.shown
        for step in range(1, 5):
            self.paint(going, level * (4 - step) // 4)
            self.paint(coming, level * step // 4)
            self.pixels.write()
        self.paint(places & self.shown, level)
        self.shown = places
        return len(going), len(coming)

    def paint(self, places, level):
        color = tuple([part * level // 255 for part in self.color])
        for place in places:
            self.pixels[led(place)] = color


light = ADC(28)
face = Face(NeoPixel(Pin(22), COLUMNS * ROWS), (255, 180, 90))
before = None
while True:
    now = time.localtime()
    year, month, day, hour, minute = now[0], now[1], now[2], now[3], now[4]
    hour += 1 + is_summer(year, month, day, hour)
    level = max(8, light.read_u16() >> 8)
    if not 6 <= hour % 24 < 23:
        level //= 4
    words = [word for word in sentence(hour, minute) if word]
    if (words, level) != before:
        print("%02d:%02d" % (hour % 24, minute), " ".join(words).lower(), face.change(words, level))
        before = words, level
    time.sleep(5)
