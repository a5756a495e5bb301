# Buffers and lists grow in place, numbers do not grow at all.
import board

uart = board.UART()
frame = bytearray()
pieces = []
total = 0

while total < 5000:
    data = uart.read(32) or b""
    frame += data
    pieces += [data]
    total += len(data)
print(b"".join(pieces), frame)
