# Below what is large on the board: a note. Below 256 bytes: nothing.
import time

import board

uart = board.UART()

while True:
    frame = bytearray(300)  # expect-note: "exactly 320 bytes"
    uart.readinto(frame)
    time.sleep(0.1)
    head = bytearray(200)
    uart.readinto(head)
