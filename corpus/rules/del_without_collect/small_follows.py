# What follows is small, and so this is a note.
import board

uart = board.UART()
picture = bytearray(16384)
uart.readinto(picture)
print(sum(picture))
del picture  # expect-note: "`[]` in line 9"
names = []
while True:
    names.append(uart.readline())
    if len(names) > 5:
        names.pop(0)
