# Every press keeps one more: none of them could be made at the start.
import board
import keypad

keys = keypad.Keys((board.D5,), value_when_pressed=False)
frames = []

while True:
    event = keys.events.get()
    if event and event.pressed and len(frames) < 8:
        frames.append(bytearray(2048))
