# A loop that does not parse as a whole still gets its finding, but no fix: what would be left of the loop, nobody knows.
import machine

uart = machine.UART(1, baudrate=115200)

while True:
    frame = bytearray(2048)  # expect: "exactly 2,048 bytes"
    uart.readinto(frame)
    print(frame[0)  # expect: syntax-error
