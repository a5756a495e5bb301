# Something small follows first, but something large comes before a collection, too.
import board

uart = board.UART()
page = bytearray(16384)
uart.readinto(page)
print(sum(page))
del page  # expect: "`bytearray(8192)` in line 10"
lines = []
sound = bytearray(8192)
uart.readinto(sound)
print(lines)
