# What a handler is given nobody knows, unless its writer says so.
import time

from machine import Pin

edges = bytearray(16)


def on_rise(pin):  # fraglint: no-alloc
    edges[0] = pin.value()  # expect-note: "is not known" "`on_rise`"


def on_fall(pin):  # fraglint: no-alloc
    edges[1] = pin.value()  # fraglint: size=0 a pin's value is a small int


Pin(4, Pin.IN).irq(on_rise)
Pin(5, Pin.IN).irq(on_fall)
while True:
    time.sleep(1)
