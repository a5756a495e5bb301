# The same, through a function that the loop calls.
import time

import board
import digitalio

door = digitalio.DigitalInOut(board.D5)
history = ""


def note(word):
    global history
    history += word + " "  # expect: "only ever gets longer"


while True:
    print("door", door.value)
    if door.value:
        note("open")
    time.sleep(1)
