# What the name holds is not known: it may be a list, a bytearray or an object with an `+=` of its own.
import board


def all_of(parts, start):
    result = start
    for part in parts:
        result += part
    return result


def filled(buffer):
    for word in buffer:
        buffer += word
    return buffer


print(board.board_id, all_of, filled)
