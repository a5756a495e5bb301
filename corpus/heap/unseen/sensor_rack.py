"""A rack of I2C sensors behind one base class: registers, checks, retries, a table of the last values."""
import struct
import time

from machine import I2C, Pin

i2c = I2C(0, scl=Pin(5), sda=Pin(4), freq=100_000)


class SensorError(Exception):
    pass


class ChecksumError(SensorError):
    def __init__(self, expected, found):
        super().__init__("crc %02x, not %02x" % (found, expected))


class NotReady(SensorError):
    pass


def retry(times, *kinds):
    def decorate(method):
        def wrapper(*args, **kwargs):
            for left in range(times - 1, -1, -1):
                try:
                    return method(*args, **kwargs)
                except kinds as e:
                    if not left:
                        raise
                    time.sleep_ms(5)
        return wrapper
    return decorate


class Sensor:
    address = 0
    fields = ()
    count = 0

    def __init__(self, bus, address=None, **options):
        self.bus = bus
        if address is not None:
            self.address = address
        for name, value in options.items():
            setattr(self, name, value)
        self.last = {}
        Sensor.count += 1

    def __repr__(self):
        return "<%s at 0x%02x>" % (self.__class__.__name__, self.address)

    @retry(3, OSError, ChecksumError)
    def measure(self):
        values = self._read()
        self.last = dict(zip(self.fields, values))
        return self.last

    def _read(self):
        raise NotImplementedError


class Sht31(Sensor):
    address = 0x44
    fields = ("temperature", "humidity")

    @staticmethod
    def crc(data):
        crc = 0xFF
        for byte in data:
            crc ^= byte
            for _ in range(8):
                crc = (crc << 1 ^ 0x31 if crc & 0x80 else crc << 1) & 0xFF
        return crc

    def _read(self):
        data = self.bus.readfrom_mem(self.address, 0x24, 6)
        for at in (0, 3):
            expected = self.crc(data[at : at + 2])
            if expected != data[at + 2]:
                raise ChecksumError(expected, data[at + 2])
        t, h = data[0] << 8 | data[1], data[3] << 8 | data[4]
        return round(-45 + 175 * t / 65535, 2), round(100 * h / 65535, 1)


class Lux(Sensor):
    address = 0x23
    fields = ("lux",)
    gain = 1.2

    def _read(self):
        (raw,) = struct.unpack(">H", self.bus.readfrom_mem(self.address, 0x20, 2))
        return [int(raw / self.gain)]


class Accel(Sensor):
    address = 0x53
    fields = ("x", "y", "z")
    scale = 0.0039

    def __init__(self, bus, **options):
        super().__init__(bus, **options)
        self._buffer = bytearray(6)

    def _read(self):
        self.bus.readfrom_mem_into(self.address, 0x32, self._buffer)
        raw = struct.unpack("<hhh", self._buffer)
        if not any(raw):
            raise NotReady(repr(self))
        return tuple(v * self.scale for v in raw)


sensors = [Sht31(i2c), Lux(i2c, 0x5C, gain=1.0), Accel(i2c, scale=0.004)]
failures = {sensor.__class__: 0 for sensor in sensors}
print(Sensor.count, "sensors:", sensors)
cycle = 0
while True:
    cycle += 1
    row = {}
    for sensor in sensors:
        try:
            row.update(sensor.measure())
        except NotReady as e:
            print("not ready:", e)
        except (SensorError, OSError) as e:
            failures[type(sensor)] += 1
            print(sensor, "failed:", e, "x", failures[type(sensor)])
    print(cycle, " ".join("{}={}".format(k, row[k]) for k in sorted(row)))
    if cycle % 4 == 0:
        worst = max(failures, key=failures.get)
        if failures[worst]:
            print("worst:", worst.__name__, failures[worst])
    time.sleep(2)
