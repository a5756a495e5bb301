# The usual micro:bit has 9 KB, and another one has more.
import microbit

samples = bytearray(12000)
while True:
    microbit.sleep(10)
