# target: micropython/microbit
# One buffer that is larger than all of the heap, made in a function.
import microbit


def frame():
    return bytearray(95 * 100)  # expect: "exactly 9,500 bytes" "9,264" "MemoryError"


few = bytearray(100)
many = frame()
microbit.uart.readinto(many)
