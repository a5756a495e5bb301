# A mode and a short timer are looked through, as notes; what a long timer makes is like an event.
import time

import board
import displayio
import terminalio
from adafruit_display_text import label

display = board.DISPLAY
page = displayio.Group()
display.root_group = page
DEBUG = board.board_id.endswith("proto")
last_second = last_minute = time.monotonic()

while True:  # expect-note: loop-without-collect
    if DEBUG:
        page.append(label.Label(terminalio.FONT, text="debug"))  # expect-note: "while its mode is on"
        page.pop()
    if time.monotonic() - last_second > 1:
        last_second = time.monotonic()
        page.append(label.Label(terminalio.FONT, text=str(last_second)))  # expect-note: "each time this timer"
        page.pop(0)
    if time.monotonic() - last_minute > 60:
        last_minute = time.monotonic()
        page.append(label.Label(terminalio.FONT, text="a minute more"))
        page.pop(0)
    display.refresh()
