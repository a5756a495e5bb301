# Waits are no repetition, and what an exception handler makes is rare.
import time

import board
import wifi

uart = board.UART()

while not wifi.radio.connected:
    time.sleep(0.5)

while True:
    try:
        uart.write(b"ping")
        time.sleep(1)
    except OSError as error:
        dump = bytearray(2048)
        uart.readinto(dump)
        print(error)
