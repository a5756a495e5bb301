# A line that is full begins anew: no line gets longer than the display is wide.
import board


def wrapped(text, width):
    lines = []
    line = ""
    for word in text.split(" "):
        if len(line + " " + word) > width:
            lines.append(line)
            line = word
        else:
            line += " " + word
    lines.append(line)
    return lines


print(board.board_id, wrapped("the quick brown fox", 10))
