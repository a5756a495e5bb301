"""Each quantity is a channel of its own name."""
from recorded import read


class Adafruit_BME280_I2C:
    def __init__(self, i2c, address=0x77):
        self.sea_level_pressure = 1013.25

    @property
    def temperature(self):
        return read("temperature")

    @property
    def relative_humidity(self):
        return read("humidity")

    @property
    def pressure(self):
        return read("pressure")
