# target: micropython/microbit
# As much in all, but never more than one of them at a time.
import gc

import microbit

low = bytearray(4000)
microbit.uart.readinto(low)
low = None
gc.collect()
high = bytearray(4000)
microbit.uart.readinto(high)
high = None
gc.collect()
peaks = bytearray(4000)
microbit.uart.readinto(peaks)
