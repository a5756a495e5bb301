# A negative threshold is none, and a function that nobody calls sets none.
import gc

from machine import UART


def careful():
    gc.threshold(4096)


gc.threshold(-1)
uart = UART(0)
picture = bytearray(16384)
uart.readinto(picture)
print(sum(picture))
del picture  # expect: "comes first: it cannot use that room unless it starts a collection itself"
sound = bytearray(8192)
uart.readinto(sound)
