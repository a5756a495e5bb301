"""The position is a channel."""
from recorded import read


class IncrementalEncoder:
    def __init__(self, pin_a, pin_b, divisor=4):
        self.divisor = divisor

    @property
    def position(self):
        return read("position")
