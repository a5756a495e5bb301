"""A pin that interrupts for each value of its channel, `pin4`."""
from recorded import read


class Pin:
    IN = 0

    def __init__(self, id, mode=0):
        self.channel = "pin" + str(id)

    def irq(self, handler, trigger=0, hard=False):
        while True:
            read(self.channel)
            handler(self)
