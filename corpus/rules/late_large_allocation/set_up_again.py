# The link is also set up again whenever it is lost: no part of the start alone, and it collects.
import gc
import os
import time

import board
import busio
import wifi

uart = busio.UART(board.TX, board.RX)


def join():
    wifi.radio.connect(os.getenv("CIRCUITPY_WIFI_SSID"), os.getenv("CIRCUITPY_WIFI_PASSWORD"))
    greeting = bytearray(2048)
    uart.readinto(greeting)
    return sum(greeting)


print(join())
gc.collect()
while True:
    if not wifi.radio.connected:
        join()
        gc.collect()
    time.sleep(1)
