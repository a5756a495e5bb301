# A logger whose set-up is all in main(): the ring needs neither the network nor the clock.
import os
import time

import board
import busio
import wifi

RECORDS = 512
RECORD_BYTES = 16


def main():
    uart = busio.UART(board.TX, board.RX, baudrate=9600, timeout=0.1)
    wifi.radio.connect(os.getenv("CIRCUITPY_WIFI_SSID"), os.getenv("CIRCUITPY_WIFI_PASSWORD"))
    started = time.monotonic()
    ring = bytearray(RECORDS * RECORD_BYTES)  # expect-note: "exactly 8,192 bytes" "above line 15"
    print("up after", time.monotonic() - started)
    while True:
        uart.readinto(ring)


main()
