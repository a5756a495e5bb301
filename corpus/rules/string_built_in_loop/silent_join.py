# One exact request at the end.
import board

uart = board.UART()
pieces = []
while True:
    data = uart.read(64)
    if not data:
        break
    pieces.append(data)
print(b"".join(pieces))
