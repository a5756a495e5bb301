# A file of any length becomes one text, line by line or character by character.
import board

text = ""
with open("/log/today.csv") as log:
    for line in log:
        text += line.strip() + ";"  # expect: "`text`" "join"
print(board.board_id, len(text))


def without_blanks(path):
    kept = ""
    with open(path) as source:
        for character in source.read():
            if character != " ":
                kept += character  # expect
    return kept


print(len(without_blanks("/notes.txt")))
