# Collected in time: by the function itself, after the call, by a helper, round the loop.
import gc
import time

import board

uart = board.UART()


def tidy():
    gc.collect()


def own():
    page = bytearray(4096)
    uart.readinto(page)
    print(page[0])
    del page
    gc.collect()


def first():
    page = bytearray(4096)
    uart.readinto(page)
    print(page[0])


def second():
    page = bytearray(4096)
    uart.readinto(page)
    print(page[1])


def before_only():
    gc.collect()
    page = bytearray(4096)
    uart.readinto(page)
    print(page[2])


while True:
    own()
    first()
    gc.collect()
    second()
    tidy()
    before_only()
    time.sleep(1)
    gc.collect()
