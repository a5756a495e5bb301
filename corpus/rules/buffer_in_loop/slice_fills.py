# The right side of a slice assignment must be made; and buffers made before the loop are fine.
import board

uart = board.UART()
track = bytearray(4096)
view = memoryview(track)
pixels = [0] * 1024
offset = 0

while True:
    track[0:1024] = bytearray(1024)
    pixels[0:512] = [7] * 512
    uart.readinto(view[offset:offset + 64])
    offset = (offset + 64) % 4096
