# The sender says how much it will send: a buffer for that cannot be made before.
import board
import busio

uart = busio.UART(board.TX, board.RX, baudrate=115200, timeout=0.05)
head = bytearray(2)

while True:
    if uart.readinto(head) == 2:
        body = bytearray(1024 + head[1])
        uart.readinto(body)
        print(sum(body))
