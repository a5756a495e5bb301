# target: circuitpython/trinket_m0
# On a board with a heap of some 17 KB, 300 bytes in one run are large.
import time

import board

uart = board.UART()

while True:
    frame = bytearray(300)  # expect
    uart.readinto(frame)
    time.sleep(0.1)
