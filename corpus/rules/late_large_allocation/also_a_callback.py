# Called at the start, but handed on too: who knows how often it runs.
import os

import board
import countio
import wifi
from adafruit_ticks import ticks_ms

uart = board.UART()
wake = []


def prepare():
    wifi.radio.connect(os.getenv("CIRCUITPY_WIFI_SSID"), os.getenv("CIRCUITPY_WIFI_PASSWORD"))
    greeting = bytearray(4096)
    uart.readinto(greeting)
    return sum(greeting)


print(prepare(), ticks_ms())
wake.append(prepare)
counter = countio.Counter(board.D5)
while True:
    if counter.count > 10:
        counter.reset()
        wake[0]()
