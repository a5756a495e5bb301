"""An input reads the channel with the name of its pin."""
from recorded import read


class AnalogIn:
    def __init__(self, pin):
        self.channel = pin
        self.reference_voltage = 3.3

    @property
    def value(self):
        return read(self.channel)


class AnalogOut:
    def __init__(self, pin):
        self.value = 0
