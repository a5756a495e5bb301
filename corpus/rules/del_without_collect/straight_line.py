# The plain case: a large buffer is given up, and another one is made before a collection.
import board

uart = board.UART()
picture = bytearray(16384)
uart.readinto(picture)
print(sum(picture))
del picture  # expect: "exactly 16,400 bytes"
sound = bytearray(8192)
uart.readinto(sound)
