"""Keeps the last pages of a log."""
import json
import time

import board

uart = board.UART()
pages = []

while True:
    with open("/state.json") as source:
        print(json.loads(source.read())["mode"])
    # A page is filled by the sender.
    page = bytearray(2048)  # expect
    uart.readinto(page)
    pages.append(page)
    if len(pages) > 4:
        pages.pop(0)
    time.sleep(1)
