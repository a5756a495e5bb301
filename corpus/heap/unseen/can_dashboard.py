"""Dashboard of an electric kart: frames of a CAN adapter in SLCAN text, signals by a small database, trip computer."""
import time
from collections import OrderedDict

import ssd1306
from machine import I2C, Pin, UART

# name, identifier, first bit, bits, signed, scale, unit
DATABASE = """
speed 0x101 0 16 0 0.1 km/h
rpm 0x101 16 16 0 1 1/min
current 0x202 0 16 1 0.1 A
voltage 0x202 16 16 0 0.01 V
celsius 0x303 0 8 1 1 C
odometer 0x303 8 32 0 0.001 km
"""


class Signal:
    __slots__ = ("name", "first", "bits", "signed", "scale", "unit", "value")

    def __init__(self, name, first, bits, signed, scale, unit):
        self.name, self.unit = name, unit
        self.first, self.bits = int(first), int(bits)
        self.signed = signed == "1"
        self.scale = float(scale)
        self.value = None

    def extract(self, word):
        raw = word >> self.first & (1 << self.bits) - 1
        if self.signed and raw >> self.bits - 1:
            raw -= 1 << self.bits
        return raw * self.scale

    def __str__(self):
        return "{}: {:.1f} {}".format(self.name, self.value, self.unit) if self.value is not None else self.name + ": -"


def load_database(text):
    frames = {}
    for line in text.strip().split("\n"):
        name, identifier, *rest = line.split()
        frames.setdefault(int(identifier, 16), []).append(Signal(name, *rest))
    return frames


def parse_slcan(line):
    """Identifier, data of `t1018AABB...`; None for anything that is not a frame."""
    if not line or line[0] not in b"tT":
        return None
    digits = 3 if line[:1] == b"t" else 8
    identifier = int(line[1 : 1 + digits], 16)
    length = line[1 + digits] - 0x30
    text = line[2 + digits : 2 + digits + 2 * length]
    if length > 8 or len(text) != 2 * length:
        raise ValueError("short frame")
    return identifier, bytes(int(text[i : i + 2], 16) for i in range(0, len(text), 2))


class Trip:
    def __init__(self):
        self.milliwatt_hours = 0
        self.peaks = OrderedDict()
        self.frames = 0

    def update(self, values, milliseconds=100):
        if "voltage" in values and "current" in values:
            self.milliwatt_hours += int(values["voltage"] * values["current"] * milliseconds * 1000) // 3600
        for name, value in values.items():
            if name not in self.peaks or value > self.peaks[name]:
                self.peaks[name] = value

    def line(self):
        return "%d.%03d Wh" % divmod(self.milliwatt_hours, 1000)


class Dashboard:
    def __init__(self, oled, signals):
        self.oled = oled
        self.signals = signals
        self.page = 0

    def draw(self, extra):
        shown = self.signals[self.page * 3 : self.page * 3 + 3]
        self.oled.fill(0)
        for row, signal in enumerate(shown):
            self.oled.text(str(signal), 0, row * 12)
        self.oled.text(extra, 0, 48)
        self.oled.show()

    def next(self):
        self.page = (self.page + 1) % -(-len(self.signals) // 3)


frames = load_database(DATABASE)
signals = [signal for identifier in sorted(frames) for signal in frames[identifier]]
dashboard = Dashboard(ssd1306.SSD1306_I2C(128, 64, I2C(0, scl=Pin(5), sda=Pin(4))), signals)
trip = Trip()
button = Pin(14, Pin.IN, Pin.PULL_UP)
uart = UART(0, baudrate=115200)
unknown = {}
while True:
    line = uart.readline()
    if not button.value():
        dashboard.next()
    if line is None:
        dashboard.draw(trip.line())
        continue
    try:
        found = parse_slcan(line.strip())
    except (ValueError, IndexError) as e:
        print("frame:", e)
        continue
    if found is None:
        continue
    identifier, data = found
    if identifier not in frames:
        unknown[identifier] = unknown.get(identifier, 0) + 1
        if len(unknown) > 6:
            rarest = min(unknown, key=lambda one: (unknown[one], one))
            del unknown[rarest]
        continue
    word = int.from_bytes(data, "little")
    values = {}
    for signal in frames[identifier]:
        signal.value = values[signal.name] = signal.extract(word)
    trip.update(values)
    trip.frames += 1
    if trip.frames % 10 == 0:
        print(trip.frames, trip.line(), {hex(k): v for k, v in unknown.items()})
        print(", ".join("%s<=%.1f" % peak for peak in trip.peaks.items()))
