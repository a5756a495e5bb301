"""Data logger: three analog channels, a line per sample, files rotate at a size and the oldest go."""
import os
import time

from machine import ADC, Pin

PREFIX = "unseen_log"
MAX_BYTES = 400
MAX_FILES = 3
COLUMNS = ("time", "battery", "panel", "load")


class LogFull(Exception):
    pass


class RotatingLog:
    def __init__(self, prefix, header):
        self.prefix = prefix
        self.header = ",".join(header) + "\n"
        for name in self.files():
            os.remove(name)
        self.number = 0
        self.file = None
        self.written = 0

    def __enter__(self):
        self._open()
        return self

    def __exit__(self, kind, value, traceback):
        self.file.close()
        self.file = None
        return kind is LogFull

    def files(self):
        return sorted(name for name in os.listdir() if name.startswith(self.prefix) and name.endswith(".csv"))

    def _open(self):
        self.number += 1
        self.file = open("{}{:04d}.csv".format(self.prefix, self.number), "w")
        self.written = self.file.write(self.header)

    def _rotate(self):
        self.file.close()
        self._open()
        old = self.files()
        while len(old) > MAX_FILES:
            os.remove(old.pop(0))

    def row(self, *values):
        line = ",".join([v if isinstance(v, str) else "%.2f" % v for v in values]) + "\n"
        if len(line) > MAX_BYTES // 4:
            raise LogFull(len(line))
        if self.written + len(line) > MAX_BYTES:
            self._rotate()
        self.written += self.file.write(line)
        self.file.flush()


class Channel:
    def __init__(self, pin, name, scale, offset=0.0):
        self.adc = ADC(Pin(pin))
        self.name = name
        self.scale = scale
        self.offset = offset
        self.low = self.high = None

    def read(self):
        volts = self.adc.read_u16() * self.scale / 65535 + self.offset
        if self.low is None or volts < self.low:
            self.low = volts
        if self.high is None or volts > self.high:
            self.high = volts
        return volts

    def __str__(self):
        return "{}: {:.2f}..{:.2f}".format(self.name, self.low, self.high)


def stamp():
    t = time.localtime()
    return "%04d-%02d-%02dT%02d:%02d:%02d" % (t[0], t[1], t[2], t[3], t[4], t[5])


def summary(channels):
    return "; ".join(map(str, channels))


channels = [Channel(pin, name, scale) for pin, name, scale in zip((26, 27, 28), COLUMNS[1:], (14.4, 22.0, 5.5))]
count = 0
with RotatingLog(PREFIX, COLUMNS) as log:
    while True:
        now = stamp()
        values = [channel.read() for channel in channels]
        log.row(now, *values)
        count += 1
        if count % 10 == 0:
            print(count, "rows in", len(log.files()), "files;", summary(channels))
        time.sleep(30)
