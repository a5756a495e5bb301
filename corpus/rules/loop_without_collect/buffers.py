# A buffer made anew on every pass is what FRG103 says; here it would be said twice.
import time

import board

uart = board.UART()
history = []

while True:
    page = bytearray(1024)  # expect: buffer-in-loop
    uart.readinto(page)
    print(sum([0] * 300))  # expect: buffer-in-loop
    history.append([time.monotonic(), page[0]])
    if len(history) > 50:
        history.pop(0)
    time.sleep(1)
