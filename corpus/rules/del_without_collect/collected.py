# Collected before anything large is made: on every path, by any spelling.
import gc
from gc import collect as tidy_up

import board
import supervisor

uart = board.UART()
debug = supervisor.runtime.usb_connected

a = bytearray(9000)
uart.readinto(a)
del a
gc.collect()
b = bytearray(9000)
uart.readinto(b)
del b
tidy_up()
c = bytearray(9000)
uart.readinto(c)
del c
if debug:
    gc.collect()
    print(gc.mem_free())
else:
    gc.collect()
d = bytearray(9000)
uart.readinto(d)
del d
import adafruit_gps  # CircuitPython collects after the import of a file

e = bytearray(9000)
