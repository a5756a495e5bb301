# A function that collects and then makes its garbage: in the loop its next call collects it, and
# nothing large or long-lived comes in between.
import gc
import time

import board

uart = board.UART()


def show():
    gc.collect()
    page = bytearray(4096)
    uart.readinto(page)
    print(page[2])


while True:
    show()
    time.sleep(1)
