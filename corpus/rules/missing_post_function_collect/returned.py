# What a function returns is its caller's, also through several calls.
import json
import time

import board

print(board.board_id)


def read_settings():
    with open("/settings.json") as source:
        return json.load(source)


def settings():
    document = read_settings()
    return document


def interval():
    return settings()["interval"]


while True:
    print(read_settings()["interval"])
    print(settings()["interval"])
    time.sleep(interval())  # expect: "`interval()`" "`json.load(source)`"
