"""The soil sensor; "error" is a bus that does not answer."""
from recorded import read
from recorded_errors import prepare, read_or_raise

prepare("moisture", 19)


class Seesaw:
    def __init__(self, i2c_bus, addr=0x36):
        self.addr = addr

    def moisture_read(self):
        return read_or_raise("moisture")

    def get_temp(self):
        return read("soil_temperature")
