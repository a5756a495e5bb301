# Nothing here calls the handler: it is evaluated as the hardware may call it.
from machine import Pin

button = Pin(0)


def fill(count):
    return bytearray(count)


# fraglint: no-alloc
def on_edge(pin):
    rows = [bytearray(64)]  # expect: "exactly 64 bytes"; allocation-in-no-alloc "exactly 16 bytes"
    fill(100)  # expect: "exactly 100 bytes"
    return rows
