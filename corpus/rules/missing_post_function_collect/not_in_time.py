# A collection that comes only after the next large object is too late; one on some paths is none.
import gc
import time

import board
import supervisor

uart = board.UART()
frames = []


def read_page():
    page = bytearray(4096)
    uart.readinto(page)
    print(page[0])


def read_table():
    table = bytearray(3000)
    uart.readinto(table)
    print(table[0])


while True:
    read_page()  # expect: "exactly 4,112 bytes" "`bytearray(1500)` in line 26"
    frame = bytearray(1500)
    uart.readinto(frame)
    gc.collect()
    read_table()  # expect: "`read_table()`"
    if supervisor.runtime.usb_connected:
        gc.collect()
    time.sleep(1)
