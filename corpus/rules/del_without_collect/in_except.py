# What runs when something failed is rare.
import board

uart = board.UART()
work = bytearray(8192)
try:
    uart.readinto(work)
except RuntimeError:
    del work
    work = bytearray(4096)
print(sum(work))
