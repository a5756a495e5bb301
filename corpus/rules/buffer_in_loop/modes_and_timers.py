# Conditions that no pass changes, and clocks, are looked through: notes. Events are not.
import time

import board
import digitalio

uart = board.UART()
button = digitalio.DigitalInOut(board.D5)
PLUGGED = board.board_id.startswith("feather")
last = time.monotonic()

while True:
    if PLUGGED:
        mirror = bytearray(2048)  # expect-note: "mode"
        uart.readinto(mirror)
    if time.monotonic() - last > 2:
        last = time.monotonic()
        report = bytearray(1024)  # expect-note: "timer"
        uart.readinto(report)
    if not button.value:
        picture = bytearray(4096)  # expect-note: late-large-allocation "now and then"
        uart.readinto(picture)
    message = uart.read(1)
    if message is not None:
        answer = bytearray(2048)  # expect-note: late-large-allocation "now and then"
        uart.write(answer)
    time.sleep(0.01)
