# Handlers and a loop that keep what they promise.
import time

from machine import Pin

button = Pin(0)
edges = bytearray(16)
count = 0


@micropython.native
def on_edge(pin):  # fraglint: no-alloc
    global count
    edges[count & 15] = button.value()
    count += 1


button.irq(on_edge)
# fraglint: no-alloc
while True:
    if count:
        button.value(1)
    time.sleep_ms(5)
