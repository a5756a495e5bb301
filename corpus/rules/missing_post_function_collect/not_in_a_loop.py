# Calls at the start, in loops that end, and after an error are no matter for this rule.
import json
import time

import board

uart = board.UART()


def read_settings():
    with open("/settings.json") as source:
        document = json.load(source)
    print(document["name"])


def recover():
    page = bytearray(4096)
    uart.readinto(page)
    print(page[0])


read_settings()
for _ in range(3):
    read_settings()
while True:
    try:
        uart.readline()
    except RuntimeError:
        recover()
    time.sleep(1)
