# Words out of a list: the text is as wide each time where they are as long, and else both kinds of
# label are compared for what it may become.
import board
import terminalio
from adafruit_display_text import bitmap_label

STATES = ["open", "shut", "busy"]
MODES = ["open", "closed", "busy"]
state = bitmap_label.Label(terminalio.FONT)
mode = bitmap_label.Label(terminalio.FONT)
turn = 0

while True:  # expect-note: loop-without-collect
    turn += 1
    # 66 characters of 6 x 12 pixels, always.
    state.text = "The valve at the end of the long pipe behind the house is now " + STATES[turn % 3]  # expect: repeated-label-text-change
    # 66 to 68 characters: 25 or 26 words of 32 bits in each of 12 rows. A group of more than 64
    # glyphs has room for 128.
    mode.text = "The valve at the end of the long pipe behind the house is now " + MODES[turn % 3]  # expect: "1,200 to 1,248 bytes in one run" "no run longer than 512 bytes"
