# Short pieces take more in a list than in the text itself; long ones do not.
import board

uart = board.UART()


def line():
    text = ""
    while uart.in_waiting:
        text += chr(uart.read(1)[0])  # expect: "more than 1,024 bytes beside it" "pieces of 128 bytes or more"
        text += "."
    return text


def letters():
    text = ""
    while uart.in_waiting:
        text += chr(uart.read(1)[0])  # expect: "Write each piece out as it comes, or add it to a `bytearray`"
    return text


def bytes_of(count):
    data = b""
    while uart.in_waiting:
        data += uart.read(count)  # expect: "no key of a dict" "pieces of 128 bytes or more in a list"
    return data


print(line(), letters(), bytes_of(256))
