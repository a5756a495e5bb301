"""The soil sensor; "error" is a bus that does not answer."""
from recorded import read

NO_ANSWER = OSError(19)


class Seesaw:
    def __init__(self, i2c_bus, addr=0x36):
        self.addr = addr

    def moisture_read(self):
        value = read("moisture")
        if value == "error":
            raise NO_ANSWER
        return value

    def get_temp(self):
        return read("soil_temperature")
