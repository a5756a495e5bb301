# What an annotation says about the length of an argument.
import board

spi = board.SPI()


def exchange(command: tuple[int, int, int, int]):
    sent = bytearray([part & 0xFF for part in command])
    spi.write_readinto(sent, sent)
    return sent[2]


def exchange_any(command: tuple[int, ...]):
    sent = bytearray([part & 0xFF for part in command])  # expect: "filled in place"
    spi.write_readinto(sent, sent)
    return sent[2]


while True:
    print(exchange((0xF0, 0, 0, 0)))
    print(exchange_any(board.COMMAND))
