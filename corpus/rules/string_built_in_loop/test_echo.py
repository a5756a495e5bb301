# A test, by its name.
import board

uart = board.UART()
echo = b""
while not echo.endswith(b"\n"):
    echo += uart.read(1) or b""
assert echo
