"""Macro pad with a menu: the knob chooses a page, the keys send what stands on it."""
import time

import board
import displayio
import keypad
import rotaryio
import terminalio
from adafruit_display_text import label

PAGES = {
    "Editor": ["save", "undo", "find", "build"],
    "Video call": ["mute", "camera", "hand"],
    "Music": ["play", "next", "previous", "quieter"],
}
NAMES = list(PAGES)

keys = keypad.Keys((board.GP0, board.GP1, board.GP2, board.GP3), value_when_pressed=False)
encoder = rotaryio.IncrementalEncoder(board.GP14, board.GP15)
serial = board.TX

root = displayio.Group()
header = label.Label(terminalio.FONT, text="", x=0, y=5, color=0x000000, background_color=0xFFFFFF)
root.append(header)
lines = []
for row in range(4):
    line = label.Label(terminalio.FONT, text="", x=0, y=18 + row * 12)
    lines.append(line)
    root.append(line)
board.DISPLAY.root_group = root


def draw(page):
    header.text = NAMES[page]
    entries = PAGES[NAMES[page]]
    for row, line in enumerate(lines):
        line.text = entries[row] if row < len(entries) else ""


counts = {}
last_position = None
while True:
    position = encoder.position
    if position != last_position:
        page = position % len(NAMES)
        draw(page)
        last_position = position
    event = keys.events.get()
    if event and event.pressed:
        entries = PAGES[NAMES[page]]
        if event.key_number < len(entries):
            macro = entries[event.key_number]
            counts[macro] = counts.get(macro, 0) + 1
            print("send", macro, counts[macro])
        else:
            print("key", event.key_number, "is free on", NAMES[page])
    time.sleep(0.01)
