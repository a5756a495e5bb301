"""Menus and forms on an OLED as generators: each screen yields what it shows and is sent the button."""
import time

import ssd1306
from machine import I2C, Pin

UP, DOWN, OK, BACK = "up", "down", "ok", "back"
LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789 "


def choose(title, entries, at=0):
    """Returns the index that is chosen, or None."""
    while True:
        first = max(0, min(at - 1, len(entries) - 3))
        rows = [(">" if i == at else " ") + entries[i] for i in range(first, min(first + 3, len(entries)))]
        button = yield [title] + rows
        if button == UP:
            at = (at - 1) % len(entries)
        elif button == DOWN:
            at = (at + 1) % len(entries)
        elif button == OK:
            return at
        elif button == BACK:
            return None


def number(title, value, low, high, step=1, unit=""):
    before = value
    while True:
        button = yield [title, "{:>6}{}".format(value, unit), "%d..%d" % (low, high)]
        if button == UP:
            value = min(high, value + step)
        elif button == DOWN:
            value = max(low, value - step)
        elif button == OK:
            return value
        elif button == BACK:
            return before


def word(title, text="", limit=8):
    at = 0
    while True:
        button = yield [title, text + "_", LETTERS[at - 2 :][:2] + "[" + LETTERS[at] + "]" + LETTERS[at + 1 : at + 3]]
        if button == UP:
            at = (at + 1) % len(LETTERS)
        elif button == DOWN:
            at = (at - 1) % len(LETTERS)
        elif button == OK:
            text += LETTERS[at]
            if len(text) == limit:
                return text
        elif button == BACK:
            return text.strip()


def settings(model):
    keys = sorted(key for key in model if isinstance(model[key], int))
    at = 0
    while True:
        chosen = yield from choose("Settings", ["%s %d" % (key, model[key]) for key in keys], at)
        if chosen is None:
            return
        at = chosen
        model[keys[at]] = yield from number(keys[at], model[keys[at]], 0, 100, 5, "%")


def about(model):
    pages = [["Version", "2.4.1"], ["Name", model["name"]], ["Keys", str(len(model))]]
    for page in pages:
        if (yield page) == BACK:
            break


def rename(model):
    name = yield from word("Name", model["name"][:4])
    if name:
        model["name"] = name


def main_menu(model):
    screens = (("Settings", settings), ("Rename", rename), ("About", about))
    while True:
        chosen = yield from choose("* " + model["name"], [title for title, _ in screens])
        if chosen is not None:
            yield from screens[chosen][1](model)


class Screen:
    def __init__(self, oled):
        self.oled = oled
        self.shown = None

    def show(self, rows):
        if rows == self.shown:
            return 0
        self.oled.fill(0)
        for i, row in enumerate(rows):
            self.oled.text(row, 0, i * 12)
        self.oled.show()
        self.shown = rows
        return 1


buttons = {name: Pin(number, Pin.IN, Pin.PULL_UP) for name, number in ((UP, 2), (DOWN, 3), (OK, 4), (BACK, 5))}
model = {"name": "lathe", "speed": 40, "ramp": 10, "light": 80, "beep": 0}
screen = Screen(ssd1306.SSD1306_I2C(128, 64, I2C(0, scl=Pin(17), sda=Pin(16))))
menu = main_menu(model)
screen.show(next(menu))
presses = 0
held = set()
while True:
    down = {name for name in buttons if not buttons[name].value()}
    for name in sorted(down - held):
        presses += screen.show(menu.send(name))
    held = down
    time.sleep_ms(30)
