# The caller says how many registers are read: a copy for each, but of few bytes as a rule.
import board

i2c = board.I2C()


class Chip:
    def _read_register(self, address):
        result = bytearray(1)
        i2c.writeto_then_readfrom(0x29, bytes([address]), result)
        return result[0]

    def dump(self, count):
        values = b""
        for address in range(count):
            values += bytes([self._read_register(address)])  # expect-note
        return values


print(Chip().dump)
