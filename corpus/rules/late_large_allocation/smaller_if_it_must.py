# Whoever provides for the lack of memory has thought of it.
import os

import board
import busio
import wifi


def main():
    uart = busio.UART(board.TX, board.RX)
    wifi.radio.connect(os.getenv("CIRCUITPY_WIFI_SSID"), os.getenv("CIRCUITPY_WIFI_PASSWORD"))
    try:
        buffer = bytearray(32768)
    except MemoryError:
        buffer = bytearray(512)
    while True:
        uart.readinto(buffer)


main()
