# A label for each word, only to see how wide it is: one would do, with one text after the other.
import board
import displayio
import terminalio
from adafruit_display_text import label

words = open("/words.txt").read().split()
widest = 0
for word in words:
    probe = label.Label(terminalio.FONT, text=word)  # expect: "every pass"
    widest = max(widest, probe.bounding_box[2])

for word in words[:20]:
    probe = label.Label(terminalio.FONT, text=word, color=0xFFFFFF)  # expect
    print(word, probe.width)

print(widest, board.board_id)
