# A helper that allocates before it collects does not help; one that collects first does.
import gc

import board

uart = board.UART()


def show(n):
    page = bytearray(4096)
    uart.readinto(page)
    gc.collect()
    return page[n]


def show_tidily(n):
    gc.collect()
    page = bytearray(4096)
    uart.readinto(page)
    return page[n]


def tidy():
    gc.collect()


big = bytearray(9000)
uart.readinto(big)
del big  # expect: "`bytearray(4096)` in line 10"
show(3)

big = bytearray(9000)
uart.readinto(big)
del big
show_tidily(3)

big = bytearray(9000)
uart.readinto(big)
del big
tidy()
other = bytearray(9000)
