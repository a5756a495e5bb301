# The next allocation may come in the next pass.
import time

import board

uart = board.UART()

while True:
    if uart.in_waiting:
        frame = bytearray(4096)
        uart.readinto(frame)
        print(sum(frame))
        del frame  # expect: "line 10"
    time.sleep(0.1)
