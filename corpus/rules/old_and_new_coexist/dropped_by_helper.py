# A helper drops the old page before the new one is made: no code between shows it, running it does.
import gc
import time

import board

uart = board.UART()
page = None
kept = None


def forget():
    global page
    page = None
    gc.collect()


def show():
    global page
    forget()
    page = bytearray(4000)
    uart.readinto(page)


def show_kept():
    global kept
    kept = bytearray(4000)  # expect-note: "exactly 4,000 bytes" "the old value, which takes exactly 4,016 bytes"
    uart.readinto(kept)


while True:
    show()
    show_kept()
    time.sleep(1)
