# Several deletions in a row are one: it stands at the last one that counts.
import board

uart = board.UART()
left = bytearray(4096)
right = bytearray(4096)
count = 3
uart.readinto(left)
uart.readinto(right)
del left
del right  # expect: "exactly 8,224 bytes"
del count
mixed = bytearray(8192)

first = bytearray(4096)
second = bytearray(4096)
print(sum(first), sum(second))
del first, second  # expect: "exactly 8,224 bytes"
third = bytearray(4096)
