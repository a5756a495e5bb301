# Nothing to say: each of these silences something, or is another tool's.
import board  # noqa
import time  # noqa: F401

uart = board.UART()
picture = bytearray(38400)
del picture  # noqa: E501, FRG201
frame = bytearray(2048)
# fraglint: ignore[FRG103] the radio wants a fresh one
while True:
    line = bytearray(
        2048
    )  # type: ignore
    uart.readinto(line)
