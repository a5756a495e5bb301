# target: micropython/microbit
# Each of them fits; together they are more than there is.
import microbit

low = bytearray(4000)
high = bytearray(4000)
peaks = bytearray(4000)  # expect: "in use at once" "9,264" "MemoryError"
for samples in (low, high, peaks):
    microbit.uart.readinto(samples)
