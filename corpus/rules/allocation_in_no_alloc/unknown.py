# What a handler is given nobody knows, unless its writer says so.
import time

import encoder
from machine import Pin

edges = bytearray(16)


def on_turn(knob):  # fraglint: no-alloc
    edges[0] = knob.position()  # expect-note: "is not known" "`on_turn`"


def on_push(knob):  # fraglint: no-alloc
    edges[1] = knob.position()  # fraglint: size=0 a position is a small int


def on_rise(pin):  # fraglint: no-alloc
    edges[2] = pin.value()


encoder.on_turn(on_turn)
encoder.on_push(on_push)
Pin(4, Pin.IN).irq(on_rise)
while True:
    time.sleep(1)
