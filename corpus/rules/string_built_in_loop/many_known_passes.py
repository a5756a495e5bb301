# The passes of two loops add to one text, which surely gets large: known lengths are no excuse.
import board

rows = ""
for y in range(48):
    for x in range(64):
        rows += "#" if (x ^ y) & 1 else "."  # expect-note: "3,072 at most"
    rows += "\n"
print(board.board_id, len(rows))
