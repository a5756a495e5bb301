"""An input reads the channel with the name of its pin; an output keeps what it was set to."""
from recorded import read


class Direction:
    INPUT = 0
    OUTPUT = 1


class Pull:
    UP = 0
    DOWN = 1


class DigitalInOut:
    def __init__(self, pin):
        self.channel = pin
        self.direction = Direction.INPUT
        self.pull = None
        self.kept = False

    def switch_to_input(self, pull=None):
        self.direction = Direction.INPUT
        self.pull = pull

    def switch_to_output(self, value=False):
        self.direction = Direction.OUTPUT
        self.kept = value

    @property
    def value(self):
        if self.direction == Direction.OUTPUT:
            return self.kept
        return read(self.channel)

    @value.setter
    def value(self, level):
        self.kept = level
