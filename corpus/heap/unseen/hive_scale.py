"""A bee hive on four load cells (HX711): reads 24 bits by hand, tares, keeps a calibration file and daily gains."""
import struct
import time

from machine import Pin, UART

CALIBRATION = "unseen_scale.bin"
FORMAT = "<4sifH"
MAGIC = b"HIVE"


class HX711Timeout(OSError):
    pass


class HX711:
    def __init__(self, clock, data, gain=1):
        self.clock = Pin(clock, Pin.OUT)
        self.data = Pin(data, Pin.IN)
        self.gain = gain
        self.offset = 0
        self.factor = 1.0

    def is_ready(self):
        return self.data.value() == 0

    def read(self, tries=5):
        for _ in range(tries):
            if self.is_ready():
                break
            time.sleep_ms(10)
        else:
            raise HX711Timeout(110)
        raw = 0
        for _ in range(24):
            self.clock.on()
            self.clock.off()
            raw = raw << 1 | self.data.value()
        for _ in range(self.gain):
            self.clock.on()
            self.clock.off()
        return raw - (1 << 24) if raw & 1 << 23 else raw

    def average(self, times=3):
        values = []
        failures = 0
        while len(values) < times:
            try:
                values.append(self.read())
            except HX711Timeout:
                failures += 1
                if failures == 3:
                    raise
        values.sort()
        kept = values[1:-1] if times > 2 else values
        return sum(kept) // len(kept)

    def grams(self):
        return (self.average() - self.offset) / self.factor


def checksum(data):
    total = 0
    for byte in data:
        total = total * 31 + byte
    return total & 0xFFFF


def save(scale):
    body = struct.pack("<4sif", MAGIC, scale.offset, scale.factor)
    with open(CALIBRATION, "wb") as file:
        file.write(body)
        file.write(struct.pack("<H", checksum(body)))


def load(scale):
    with open(CALIBRATION, "rb") as file:
        data = file.read()
    if len(data) != struct.calcsize(FORMAT):
        raise ValueError("size")
    magic, offset, factor, total = struct.unpack(FORMAT, data)
    if magic != MAGIC or total != checksum(data[:-2]):
        raise ValueError("content")
    scale.offset, scale.factor = offset, factor


class Journal:
    def __init__(self, length=6):
        self.days = []
        self.length = length
        self.nanograms = 0

    def add(self, day, grams):
        if self.days and self.days[-1][0] == day:
            _, low, high, count = self.days[-1]
            self.days[-1] = (day, min(low, grams), max(high, grams), count + 1)
        else:
            self.days.append((day, grams, grams, 1))
            self.days = self.days[-self.length :]
        self.nanograms += int(grams) * 1_000_000_000

    def gains(self):
        return [after[1] - before[1] for before, after in zip(self.days, self.days[1:])]


def do_command(line, scale, journal):
    word, *rest = line.split()
    if word == b"tare":
        scale.offset = scale.average()
    elif word == b"weigh":
        known = float(rest[0])
        scale.factor = (scale.average() - scale.offset) / known or 1.0
    elif word == b"gains":
        return b",".join(b"%d" % int(gain) for gain in journal.gains())
    else:
        raise ValueError(word)
    save(scale)
    return b"ok"


scale = HX711(clock=18, data=19)
journal = Journal()
uart = UART(2, baudrate=9600)
try:
    load(scale)
except (OSError, ValueError) as e:
    print("not calibrated:", e)
while True:
    line = uart.readline()
    try:
        if line and line.strip():
            uart.write(do_command(line, scale, journal) + b"\r\n")
        else:
            grams = scale.grams()
            journal.add(time.localtime()[7], grams)
            print("%.1f kg, %d days, %d" % (grams / 1000, len(journal.days), journal.nanograms))
    except OSError:
        print("no answer from the scale")
    except (ValueError, IndexError) as e:
        uart.write("? %s\r\n" % e)
