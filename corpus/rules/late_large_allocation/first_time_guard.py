# Made once, but only when the loop first comes there.
import board

uart = board.UART()
log = None

while True:
    if uart.in_waiting:
        if log is None:
            log = bytearray(8192)  # expect-note: "before the loop" "exactly 8,192 bytes"
        uart.readinto(log)
