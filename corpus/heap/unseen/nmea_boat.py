"""Instruments of a small boat: NMEA 0183 from wind, depth and GPS talkers, true wind, anchor alarm."""
import math
import time

from machine import Pin, UART

KNOT = 1.943844


class SentenceError(Exception):
    def __init__(self, reason, text):
        self.reason = reason
        self.text = text

    def __str__(self):
        return "%s in %r" % (self.reason, self.text[:20])


def parse(line):
    """Talker, kind and fields of a sentence whose checksum fits."""
    text = line.decode().strip()
    if not text.startswith("$") or "*" not in text:
        raise SentenceError("no frame", text)
    body, _, given = text[1:].rpartition("*")
    checksum = 0
    for character in body:
        checksum ^= ord(character)
    try:
        if int(given, 16) != checksum:
            raise SentenceError("checksum %02X" % checksum, text)
    except ValueError:
        raise SentenceError("bad checksum", text)
    head, *fields = body.split(",")
    return head[:2], head[2:], fields


def degrees(value, hemisphere):
    if not value:
        return None
    point = value.index(".") - 2
    result = int(value[:point]) + float(value[point:]) / 60
    return -result if hemisphere in "SW" else result


class Boat:
    def __init__(self):
        self.position = None
        self.speed = 0.0
        self.course = None
        self.apparent = (0.0, 0.0)
        self.depth = float("inf")
        self.anchor = None
        self.kinds = {}

    def rmc(self, fields):
        if fields[1] != "A":
            self.position = None
            return
        self.position = degrees(fields[2], fields[3]), degrees(fields[4], fields[5])
        self.speed = float(fields[6] or 0)
        self.course = float(fields[7]) if fields[7] else None

    def mwv(self, fields):
        angle, reference, speed, unit, status = fields[:5]
        if reference == "R" and status == "A":
            factor = {"N": 1, "M": KNOT, "K": 0.539957}[unit]
            self.apparent = float(angle), float(speed) * factor

    def dbt(self, fields):
        self.depth = float(fields[2]) if fields[2] else float("inf")

    def vhw(self, fields):
        self.speed = float(fields[4] or 0)

    def feed(self, line):
        talker, kind, fields = parse(line)
        self.kinds[kind] = self.kinds.get(kind, 0) + 1
        handler = getattr(self, kind.lower(), None)
        if handler:
            handler(fields)
        return handler is not None

    def true_wind(self):
        angle, speed = math.radians(self.apparent[0]), self.apparent[1]
        x = speed * math.cos(angle) - self.speed
        y = speed * math.sin(angle)
        return math.degrees(math.atan2(y, x)) % 360, math.sqrt(x * x + y * y)

    def drift(self):
        if self.anchor is None or self.position is None:
            return None
        dy = (self.position[0] - self.anchor[0]) * 60 * 1852
        dx = (self.position[1] - self.anchor[1]) * 60 * 1852 * math.cos(math.radians(self.anchor[0]))
        return math.sqrt(dx * dx + dy * dy)


def alarms(boat, least=2.5, radius=30):
    if boat.depth < least:
        yield "DEPTH %.1f" % boat.depth
    drift = boat.drift()
    if drift is not None and drift > radius:
        yield "ANCHOR {:.0f} m".format(drift)


uart = UART(1, baudrate=4800)
button = Pin(9, Pin.IN, Pin.PULL_UP)
buzzer = Pin(10, Pin.OUT)
boat = Boat()
errors = []
while True:
    line = uart.readline()
    if not line:
        time.sleep_ms(100)
        continue
    try:
        if not boat.feed(line):
            continue
    except (SentenceError, ValueError, IndexError, KeyError) as e:
        errors.append(e)
        if len(errors) > 3:
            print("; ".join(str(one) for one in errors))
            errors.clear()
        continue
    if not button.value():
        boat.anchor = boat.position
    direction, speed = boat.true_wind()
    print("TWD {:3.0f} TWS {:4.1f}".format(direction, speed), boat.position or "no fix", end=" ")
    sounding = list(alarms(boat))
    buzzer.value(len(sounding) > 0)
    print(*sounding, sep=", ")
