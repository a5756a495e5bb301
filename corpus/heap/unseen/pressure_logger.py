"""Barograph: a BMP180, a reading a minute, to the SD card where there is one; otherwise the last hour stays in memory."""
import struct
import time

from machine import I2C, Pin

ADDRESS = 0x77
OVERSAMPLING = 1
KEEP = 60
LOG = "/sd/pressure.csv"


class BMP180:
    def __init__(self, i2c):
        self.i2c = i2c
        raw = i2c.readfrom_mem(ADDRESS, 0xAA, 22)
        (self.ac1, self.ac2, self.ac3, self.ac4, self.ac5, self.ac6, self.b1, self.b2, self.mb, self.mc,
         self.md) = struct.unpack(">hhhHHHhhhhh", raw)
        self.b5 = 0

    def _command(self, value, wait):
        self.i2c.writeto_mem(ADDRESS, 0xF4, bytes([value]))
        time.sleep_ms(wait)

    def temperature(self):
        self._command(0x2E, 5)
        ut = struct.unpack(">H", self.i2c.readfrom_mem(ADDRESS, 0xF6, 2))[0]
        x1 = (ut - self.ac6) * self.ac5 >> 15
        x2 = (self.mc << 11) // (x1 + self.md)
        self.b5 = x1 + x2
        return (self.b5 + 8 >> 4) / 10

    def pressure(self):
        self._command(0x34 | OVERSAMPLING << 6, 8)
        msb, lsb, xlsb = self.i2c.readfrom_mem(ADDRESS, 0xF6, 3)
        up = ((msb << 16) + (lsb << 8) + xlsb) >> (8 - OVERSAMPLING)
        b6 = self.b5 - 4000
        x1 = (self.b2 * (b6 * b6 >> 12)) >> 11
        x2 = self.ac2 * b6 >> 11
        b3 = (((self.ac1 * 4 + x1 + x2) << OVERSAMPLING) + 2) >> 2
        x1 = self.ac3 * b6 >> 13
        x2 = (self.b1 * (b6 * b6 >> 12)) >> 16
        b4 = self.ac4 * (((x1 + x2 + 2) >> 2) + 32768) >> 15
        b7 = (up - b3) * (50000 >> OVERSAMPLING)
        p = b7 * 2 // b4
        x1 = (p >> 8) * (p >> 8)
        x1 = x1 * 3038 >> 16
        x2 = -7357 * p >> 16
        return p + ((x1 + x2 + 3791) >> 4)


def trend(values):
    """Pascals per hour, from the first and the last quarter."""
    if len(values) < 8:
        return 0
    quarter = len(values) // 4
    early = sum(v[2] for v in values[:quarter]) / quarter
    late = sum(v[2] for v in values[-quarter:]) / quarter
    return (late - early) * 60 / (len(values) - quarter)


def write_out(rows):
    with open(LOG, "a") as file:
        for when, temperature, pascal in rows:
            file.write("%04d-%02d-%02d %02d:%02d,%.1f,%d\n" % (when[0], when[1], when[2], when[3], when[4], temperature, pascal))


sensor = BMP180(I2C(0, scl=Pin(5), sda=Pin(4)))
waiting = []
recent = []
card_failed = 0
while True:
    try:
        row = (time.localtime(), sensor.temperature(), sensor.pressure())
    except OSError as error:
        print("sensor:", error)
        time.sleep(60)
        continue
    recent.append(row)
    if len(recent) > KEEP:
        recent.pop(0)
    waiting.append(row)
    if len(waiting) >= 5:
        try:
            write_out(waiting)
            waiting.clear()
        except OSError:
            card_failed += 1
            del waiting[: max(0, len(waiting) - KEEP)]
    change = trend(recent)
    word = "falling" if change < -100 else "rising" if change > 100 else "steady"
    print("%d Pa %.1f C %s" % (row[2], row[1], word), len(waiting), card_failed)
    time.sleep(60)
