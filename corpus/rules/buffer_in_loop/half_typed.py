# A statement that is not Python is not judged; the others are.
import board

uart = board.UART()

while True:
    frame = bytearray(2048)  # expect
    uart.readinto(frame)
    broken = bytearray(2048) bytearray(2048)  # expect: syntax-error
