# Nothing says how long the text is, but it is no data from outside either: a note. One finding for all branches.
import board


def url_encoded(text):
    encoded = ""
    for character in text:
        if character == " ":
            encoded += "%20"
        elif character in "#?&":
            encoded += "%{:02X}".format(ord(character))  # expect-note: "number" "1,024 bytes" "join"
        else:
            encoded += character
    return encoded


def hex_dump(packet, debug=False):
    if debug:
        dump = ""
        for byte in packet:
            dump += f"{byte:02x} "  # expect-note
        print(dump)


def headed(headers):
    head = "HTTP/1.1 200 OK\r\n"
    for name, value in headers.items():
        head += name + ": " + value + "\r\n"  # expect-note
    return head


print(board.board_id, url_encoded(input()), headed(dict(Server="x")))
hex_dump(board.UART().read(), debug=True)
