# Nothing large or long-lived follows: the collector will have its time.
import time

import board

uart = board.UART()
calibration = bytearray(4096)
uart.readinto(calibration)
offset = sum(calibration) // len(calibration)
del calibration

while True:
    value = uart.read(1)
    if value:
        print(value[0] - offset)
    time.sleep(0.05)
