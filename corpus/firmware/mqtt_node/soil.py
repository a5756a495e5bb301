# target: micropython/RPI_PICO_W
"""Soil probe on I2C: a FIFO of 16-bit words, and an EEPROM with the calibration."""
import struct

import config
from tidy import clean


class Soil:
    def __init__(self, i2c):
        self.i2c = i2c
        self.scale = 1
        self.offset = 0

    def calibrate(self):
        """The whole page is read once, for its first four bytes."""
        page = self.i2c.readfrom_mem(config.EEPROM_ADDR, 0, config.EEPROM_PAGE * 4, addrsize=16)
        self.scale, self.offset = struct.unpack_from("<HH", page)
        del page
        # Under another name, but it is gc.collect.
        clean()

    def mean(self):
        fifo = bytearray(config.FIFO_BYTES)  # expect-note: buffer-in-loop "1,0"
        self.i2c.readfrom_mem_into(config.SOIL_ADDR, 0x10, fifo)
        total = 0
        for i in range(0, config.FIFO_BYTES, 2):
            total += fifo[i] << 8 | fifo[i + 1]
        return total // config.FIFO_WORDS * self.scale + self.offset
