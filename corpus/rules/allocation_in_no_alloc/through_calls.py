# A handler that calls a function which asks for memory. Something calls it on every pass.
import time

from machine import Pin

last = bytearray(4)


def note(level):
    return bytearray(level + 4)


def on_pulse(pin):  # fraglint: no-alloc
    last[0] = 1
    note(1)  # expect: "exactly 16 bytes" "`on_pulse`"


Pin(4, Pin.IN).irq(on_pulse)
while True:
    time.sleep(1)
