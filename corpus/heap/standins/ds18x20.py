"""Two sensors, each reading of either being the next of the channel `read_temp`; null is one whose
checksum does not fit."""
from recorded import read

ROMS = [bytearray(b"\x28\xff\x64\x1e\x0f\x41\x52\x9b"), bytearray(b"\x28\xff\x0c\x77\x31\x16\x04\xe3")]
WRONG_CHECKSUM = Exception("CRC error")


class DS18X20:
    def __init__(self, onewire):
        self.ow = onewire

    def scan(self):
        return ROMS

    def convert_temp(self):
        pass

    def read_temp(self, rom):
        value = read("read_temp")
        if value is None:
            raise WRONG_CHECKSUM
        return value
