# The evaluator comes to neither: what the code shows counts.
from machine import Pin

button = Pin(0)


def fill(count):
    return bytearray(count)


# fraglint: no-alloc
def on_edge(pin):
    rows = [bytearray(64)]  # expect: "exactly 64 bytes"; allocation-in-no-alloc "exactly 16 bytes"
    fill(100)  # expect: "at least 16 bytes"
    return rows
