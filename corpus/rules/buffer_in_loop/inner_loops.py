# A counted loop of eight passes or more repeats; one of a few passes does not; and what
# repeats inside an endless loop is judged by the innermost loop that repeats.
import board

uart = board.UART()

for channel in range(16):
    wave = bytearray(1024)  # expect
    uart.readinto(wave)
    print(channel, max(wave))

for channel in range(3):
    wave = bytearray(1024)
    uart.readinto(wave)
    print(channel, max(wave))

while True:
    for channel in range(4):
        block = bytearray(1024)  # expect
        uart.readinto(block)
        print(channel, max(block))
