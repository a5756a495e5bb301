# The loop looks after its memory: by a test of free memory, or by a counter.
import gc
import time

import board

uart = board.UART()
passes = 0


def read_page():
    page = bytearray(4096)  # expect: buffer-in-loop
    uart.readinto(page)
    print(page[0])


def by_free_memory():
    while True:
        read_page()
        if gc.mem_free() < 20000:
            gc.collect()
        time.sleep(1)


while True:
    read_page()
    passes += 1
    if passes % 10 == 0:
        gc.collect()
    if passes > 1000:
        by_free_memory()
