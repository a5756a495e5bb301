"""Pen plotter: takes G-code from the serial port and moves two steppers and the pen's servo."""
import math
import time

from machine import Pin, PWM, UART

STEPS_PER_MM = 4
STEP_X, DIR_X = Pin(2, Pin.OUT), Pin(5, Pin.OUT)
STEP_Y, DIR_Y = Pin(3, Pin.OUT), Pin(6, Pin.OUT)
ENABLE = Pin(8, Pin.OUT)

uart = UART(0, baudrate=115200, rxbuf=1024)
pen = PWM(Pin(16), freq=50)


class Plotter:
    def __init__(self):
        self.x = 0
        self.y = 0
        self.absolute = True
        self.feed = 600.0
        self.is_down = False

    def lower(self, down):
        if down != self.is_down:
            pen.duty_u16(3900 if down else 5200)
            time.sleep_ms(150)
            self.is_down = down

    def line_to(self, x, y):
        """Bresenham, in steps."""
        dx, dy = abs(x - self.x), -abs(y - self.y)
        sx = 1 if x > self.x else -1
        sy = 1 if y > self.y else -1
        DIR_X.value(sx > 0)
        DIR_Y.value(sy > 0)
        pause = int(60000000 / (self.feed * STEPS_PER_MM))
        error = dx + dy
        while self.x != x or self.y != y:
            twice = 2 * error
            if twice >= dy:
                error += dy
                self.x += sx
                STEP_X.on()
                STEP_X.off()
            if twice <= dx:
                error += dx
                self.y += sy
                STEP_Y.on()
                STEP_Y.off()
            time.sleep_us(pause)

    def target(self, words):
        x = words.get("X")
        y = words.get("Y")
        if self.absolute:
            return (self.x if x is None else round(x * STEPS_PER_MM), self.y if y is None else round(y * STEPS_PER_MM))
        return (self.x + round((x or 0) * STEPS_PER_MM), self.y + round((y or 0) * STEPS_PER_MM))

    def arc(self, words, clockwise):
        end = self.target(words)
        cx = self.x + words.get("I", 0) * STEPS_PER_MM
        cy = self.y + words.get("J", 0) * STEPS_PER_MM
        radius = math.sqrt((self.x - cx) ** 2 + (self.y - cy) ** 2)
        a0 = math.atan2(self.y - cy, self.x - cx)
        a1 = math.atan2(end[1] - cy, end[0] - cx)
        sweep = a1 - a0
        if clockwise and sweep >= 0:
            sweep -= 2 * math.pi
        elif not clockwise and sweep <= 0:
            sweep += 2 * math.pi
        pieces = max(4, min(24, int(abs(sweep) * radius / 4)))
        for i in range(1, pieces):
            a = a0 + sweep * i / pieces
            self.line_to(round(cx + radius * math.cos(a)), round(cy + radius * math.sin(a)))
        self.line_to(*end)

    def execute(self, words):
        code = words.get("G")
        if "F" in words:
            self.feed = max(60.0, words["F"])
        if "Z" in words:
            self.lower(words["Z"] <= 0)
        if code in (0, 1):
            self.line_to(*self.target(words))
        elif code in (2, 3):
            self.arc(words, code == 2)
        elif code in (90, 91):
            self.absolute = code == 90
        elif code is not None:
            raise ValueError("unsupported G%d" % code)


def parse(line):
    words = {}
    line = line.split(";")[0].upper()
    for part in line.split():
        words[part[0]] = float(part[1:])
    return words


plotter = Plotter()
ENABLE.value(0)
lines = 0
while True:
    raw = uart.readline()
    if not raw:
        time.sleep_ms(10)
        continue
    try:
        lines += 1
        plotter.execute(parse(raw.decode()))
        uart.write(b"ok\n")
    except (ValueError, KeyError) as e:
        print("line", lines, "error:", e)
        uart.write("error: %s\n" % e)
