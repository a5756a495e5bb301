# Made now and then, but right behind a collection.
import gc

import board
import keypad

keys = keypad.Keys((board.D5,), value_when_pressed=False)

while True:
    event = keys.events.get()
    if event and event.pressed:
        gc.collect()
        page = bytearray(4096)
        with open("/log.bin", "rb") as log:
            log.readinto(page)
        print(page[0])
