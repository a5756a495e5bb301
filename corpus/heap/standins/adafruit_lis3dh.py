"""The channel `acceleration` has lists of [x, y, z]."""
import recorded

for index in range(len(recorded.channels.get("acceleration", ()))):
    recorded.channels["acceleration"][index] = tuple(recorded.channels["acceleration"][index])


class LIS3DH_I2C:
    def __init__(self, i2c, address=0x18):
        self.range = 0

    @property
    def acceleration(self):
        return recorded.read("acceleration")
