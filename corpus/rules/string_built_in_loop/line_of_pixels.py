# What is added is worked out from what was read two names before.
import struct

import board


def rows_of(path, count):
    with open(path, "rb") as picture:
        for _ in range(count):
            data = picture.read(count * 2)
            row = b""
            for index in range(0, count * 2, 2):
                color = data[index] | data[index + 1] << 8
                row += struct.pack(">H", color)  # expect
            yield row


for row in rows_of("/splash.bmp", int(board.board_id[-1])):
    print(len(row))
