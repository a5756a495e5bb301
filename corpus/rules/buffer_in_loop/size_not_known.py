# Sizes that the code does not show: a warning where the buffer is only filled in place, a note
# where no pass changes the size, and nothing at all else.
import board
import busio

i2c = busio.I2C(board.SCL, board.SDA)
ADDRESS = 0x28


def stream(length, width, camera):
    while camera.running:
        answer = bytearray(length)  # expect: "filled in place"
        i2c.readfrom_into(ADDRESS, answer)
        print(answer[0])
        row = bytearray(width * 2)  # expect-note: "no pass changes it"
        print(sum(row))
        other = bytearray(camera.measure())
        print(sum(other))


def copy_all(parts):
    total = 0
    for part in parts:
        whole = bytes(part)
        total += sum(whole)
    return total
