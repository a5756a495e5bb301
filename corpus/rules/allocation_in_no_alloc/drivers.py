# A driver module: its handlers are called by the hardware, and its classes made by others.
from machine import Pin, Timer

level = 0.5


class Encoder:
    def __init__(self, pin):
        self.scale = 1.5
        self.position = 0
        self.step = 2
        pin.irq(self._turn, hard=True)

    def _turn(self, pin):  # fraglint: no-alloc
        self.position = self.position + self.scale  # expect: "exactly 8 bytes"

    def steps(self, pin):  # fraglint: no-alloc
        self.step = self.step & 3


def fade(timer):  # fraglint: no-alloc
    global level
    level = level * 0.9  # expect: "exactly 8 bytes" "`fade`"


def show(timer):  # fraglint: no-alloc
    print(f"{timer}")  # expect: "exactly 16 bytes"


def blink(timer):  # fraglint: no-alloc
    Pin(25).value(1)  # expect-note: "0 to 64 bytes"


def later(timer):
    # fraglint: no-alloc
    def told(timer):  # expect-note: "was not evaluated"
        return timer

    return told if level > 2 else None


Timer(period=10, mode=Timer.PERIODIC, callback=fade, hard=True)
