"""Two sensors, each reading of either being the next of the channel `read_temp`; "error" is one
that does not answer."""
from recorded_errors import prepare, read_or_raise

ROMS = [bytearray(b"\x28\xff\x64\x1e\x0f\x41\x52\x9b"), bytearray(b"\x28\xff\x0c\x77\x31\x16\x04\xe3")]
prepare("read_temp", 110)


class DS18X20:
    def __init__(self, onewire):
        self.ow = onewire

    def scan(self):
        return ROMS

    def convert_temp(self):
        pass

    def read_temp(self, rom):
        return read_or_raise("read_temp")
