# What answers an event comes seldom: a note. So does what the function itself does seldom.
import json
import time

import board
import digitalio

button = digitalio.DigitalInOut(board.D5)
shown = None


def show_help():
    with open("/help.txt") as source:
        print(source.read())


def follow(state):
    global shown
    if state == shown:
        return
    shown = state
    with open("/states.json") as source:
        print(json.load(source)["names"])


while True:
    if not button.value:
        show_help()  # expect-note: "a call of `show_help()` can leave" "size is not known"
    # What it makes on a change only: most collections behind it would find nothing.
    follow(button.value)
    time.sleep(0.1)
