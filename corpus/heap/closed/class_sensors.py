# A base class and two subclasses with super().__init__, overridden methods and many attributes. (micro:bit)
class Sensor:
    unit = ""

    def __init__(self, name, pin):
        self.name = name
        self.pin = pin
        self.last = None
        self.count = 0

    def raw(self):
        self.count += 1
        return (self.pin * 97 + self.count * 13) % 1024

    def read(self):
        self.last = self.convert(self.raw())
        return self.last

    def convert(self, raw):
        return raw

    def __str__(self):
        return "%s=%s%s" % (self.name, self.last, self.unit)


class Thermometer(Sensor):
    unit = "C"

    def __init__(self, name, pin, offset):
        super().__init__(name, pin)
        self.offset = offset
        self.low = 999
        self.high = -999

    def convert(self, raw):
        value = raw // 20 + self.offset
        self.low = min(self.low, value)
        self.high = max(self.high, value)
        return value


class Light(Sensor):
    unit = "%"

    def convert(self, raw):
        return raw * 100 // 1023


sensors = [Thermometer("in", 1, 2), Thermometer("out", 5, -15), Light("sky", 9), Sensor("raw", 3)]
for _ in range(5):
    for sensor in sensors:
        sensor.read()
for sensor in sensors:
    print(str(sensor), sensor.count)
print(sensors[1].low, sensors[1].high)
