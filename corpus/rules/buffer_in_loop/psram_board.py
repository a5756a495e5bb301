# target: circuitpython/adafruit_matrixportal_s3
# With megabytes of external RAM, a few kilobytes a pass are worth a note at most.
import board

uart = board.UART()


def pump(length):
    while True:
        frame = bytearray(2048)  # expect-note
        uart.readinto(frame)
        rest = bytearray(length)  # expect-note: "filled in place"
        uart.readinto(rest)


pump(board.SIZE)
