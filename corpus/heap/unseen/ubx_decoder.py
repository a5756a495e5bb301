"""GNSS receiver in binary mode: frames B5 62 class id length payload ck_a ck_b, decoded in place."""
import struct
import time
from collections import namedtuple
from micropython import const

from machine import UART

SYNC1 = const(0xB5)
SYNC2 = const(0x62)
HEADER = const(6)
MAX_PAYLOAD = const(100)

Position = namedtuple("Position", ("lat", "lon", "height", "accuracy"))
Fix = namedtuple("Fix", "kind flags satellites")


class FrameError(ValueError):
    pass


class Decoder:
    def __init__(self, size=160):
        self.buffer = bytearray(size)
        self.view = memoryview(self.buffer)
        self.used = 0
        self.counts = {"good": 0, "checksum": 0, "length": 0, "skipped": 0}

    def feed(self, data):
        room = len(self.buffer) - self.used
        if len(data) > room:
            self.counts["skipped"] += len(data) - room
            data = data[:room]
        self.buffer[self.used : self.used + len(data)] = data
        self.used += len(data)

    def drop(self, count):
        left = self.used - count
        self.view[:left] = bytes(self.view[count : self.used])
        self.used = left

    def find_sync(self):
        for i in range(self.used - 1):
            if self.buffer[i] == SYNC1 and self.buffer[i + 1] == SYNC2:
                return i
        return max(0, self.used - 1)

    def checksum(self, start, end):
        a = b = 0
        for byte in self.view[start:end]:
            a = (a + byte) & 0xFF
            b = (b + a) & 0xFF
        return a, b

    def frame(self):
        """The next frame as (class, id, payload view), or None where one is not complete."""
        skip = self.find_sync()
        if skip:
            self.counts["skipped"] += skip
            self.drop(skip)
        if self.used < HEADER:
            return None
        kind, ident, length = struct.unpack_from("<BBH", self.buffer, 2)
        if length > MAX_PAYLOAD:
            self.drop(2)
            self.counts["length"] += 1
            raise FrameError("length %d" % length)
        end = HEADER + length + 2
        if self.used < end:
            return None
        found = self.checksum(2, end - 2)
        wanted = self.buffer[end - 2], self.buffer[end - 1]
        payload = bytes(self.view[HEADER : end - 2])
        self.drop(end)
        if found != wanted:
            self.counts["checksum"] += 1
            raise FrameError("checksum %02x%02x" % found)
        self.counts["good"] += 1
        return kind, ident, payload


def nav_posllh(payload):
    itow, lon, lat, height, msl, hacc, vacc = struct.unpack("<IiiiiII", payload)
    return Position(lat / 1e7, lon / 1e7, msl / 1000, hacc)


def nav_status(payload):
    return Fix(payload[4], payload[5], payload[6])


PARSERS = {(1, 2): nav_posllh, (1, 3): nav_status}


def frames(decoder):
    while True:
        try:
            one = decoder.frame()
        except FrameError as e:
            print("bad frame:", e)
            continue
        if one is None:
            return
        yield one


uart = UART(1, baudrate=38400)
decoder = Decoder()
track = []
while True:
    data = uart.read()
    if data is None:
        time.sleep_ms(20)
        continue
    decoder.feed(data)
    for kind, ident, payload in frames(decoder):
        parse = PARSERS.get((kind, ident))
        if parse is None:
            continue
        try:
            value = parse(payload)
        except (ValueError, IndexError):
            continue
        if isinstance(value, Position):
            track.append(value)
            if len(track) > 5:
                track = track[-5:]
            print("%.6f %.6f %.1f m" % (value.lat, value.lon, value.height))
        else:
            print(value, decoder.counts["good"])
