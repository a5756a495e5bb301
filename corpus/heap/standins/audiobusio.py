"""A recording is the next element of the channel `samples`, a list."""
from recorded import read


class PDMIn:
    def __init__(self, clock_pin, data_pin, sample_rate=16000, bit_depth=8):
        self.sample_rate = sample_rate
        self.bit_depth = bit_depth

    def record(self, destination, destination_length):
        samples = read("samples")
        index = 0
        while index < len(samples) and index < destination_length:
            destination[index] = samples[index]
            index += 1
        return index
