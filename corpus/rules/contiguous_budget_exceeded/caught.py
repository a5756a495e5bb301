# target: micropython/microbit
# A program that sees to its MemoryError itself is not said to fail.
import microbit

try:
    samples = bytearray(20000)
except MemoryError:
    samples = bytearray(2000)
microbit.uart.readinto(samples)
