"""Pocket calculator: a 4x4 key matrix with debouncing, a recursive parser, whole numbers of any size and floats."""
import time

from machine import Pin

LAYOUT = ("789/", "456*", "123-", "0.=+")
SHIFTED = {"/": "(", "*": ")", "-": "^", "+": "!", "=": "C", ".": "M"}
MAX_DIGITS = 40


class CalcError(Exception):
    pass


class Keypad:
    def __init__(self, rows, columns, stable=2):
        self.rows = [Pin(n, Pin.OUT, value=1) for n in rows]
        self.columns = [Pin(n, Pin.IN, Pin.PULL_UP) for n in columns]
        self.stable = stable
        self.seen = [[0] * len(columns) for _ in rows]
        self.down = set()

    def scan(self):
        """Keys that went down since the last scan."""
        pressed = []
        for r, row in enumerate(self.rows):
            row.off()
            for c, column in enumerate(self.columns):
                key = LAYOUT[r][c]
                if column.value():
                    self.seen[r][c] = 0
                    self.down.discard(key)
                    continue
                self.seen[r][c] += 1
                if self.seen[r][c] == self.stable and key not in self.down:
                    self.down.add(key)
                    pressed.append(key)
            row.on()
        return pressed


class Parser:
    def __init__(self, text, memory=0):
        self.text = text
        self.at = 0
        self.memory = memory

    def peek(self):
        return self.text[self.at] if self.at < len(self.text) else ""

    def accept(self, characters):
        c = self.peek()
        if c and c in characters:
            self.at += 1
            return c
        return ""

    def whole(self):
        value = self.sum()
        if self.peek():
            raise CalcError("at %d: %s" % (self.at, self.text[self.at:]))
        return value

    def sum(self):
        value = self.product()
        while True:
            sign = self.accept("+-")
            if not sign:
                return value
            other = self.product()
            value = value + other if sign == "+" else value - other

    def product(self):
        value = self.power()
        while True:
            sign = self.accept("*/")
            if not sign:
                return value
            other = self.power()
            if sign == "*":
                value *= other
            elif isinstance(value, int) and isinstance(other, int) and other and value % other == 0:
                value //= other
            else:
                value /= other

    def power(self):
        base = self.postfix()
        if self.accept("^"):
            exponent = self.power()
            if isinstance(exponent, int) and exponent > 64:
                raise CalcError("too large")
            return base ** exponent
        return base

    def postfix(self):
        value = self.atom()
        while self.accept("!"):
            if not isinstance(value, int) or not 0 <= value <= 25:
                raise CalcError("factorial")
            value = factorial(value)
        return value

    def atom(self):
        if self.accept("-"):
            return -self.atom()
        if self.accept("M"):
            return self.memory
        if self.accept("("):
            value = self.sum()
            if not self.accept(")"):
                raise CalcError("unbalanced")
            return value
        start = self.at
        while self.accept("0123456789."):
            pass
        digits = self.text[start : self.at]
        if not digits:
            raise CalcError("number wanted")
        return float(digits) if "." in digits else int(digits)


def factorial(n):
    return 1 if n < 2 else n * factorial(n - 1)


def shown(value):
    if isinstance(value, float):
        return "{:.6g}".format(value)
    digits = str(value)
    groups = []
    while len(digits) > 3:
        groups.insert(0, digits[-3:])
        digits = digits[:-3]
    return "'".join([digits] + groups)


keypad = Keypad((2, 3, 4, 5), (6, 7, 8, 9))
shift = Pin(10, Pin.IN, Pin.PULL_UP)
text = ""
memory = 0
tape = []
while True:
    for key in keypad.scan():
        if not shift.value():
            key = SHIFTED.get(key, key)
        if key == "C":
            text = text[:-1]
        elif key != "=":
            text = (text + key)[:MAX_DIGITS]
        else:
            try:
                memory = Parser(text, memory).whole()
                tape.append((text, memory))
                print(text, "=", shown(memory))
            except (CalcError, ValueError, ZeroDivisionError, OverflowError) as e:
                print(text, "?", e)
            text = ""
            tape = tape[-4:]
    time.sleep_ms(10)
