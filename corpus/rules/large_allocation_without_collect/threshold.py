# The threshold may collect before the page, or behind it.
import gc
import json

from machine import UART

gc.threshold(4096)
uart = UART(0)
pages = []

while True:
    with open("state.json") as source:
        print(json.loads(source.read())["mode"])
    pages.append(bytearray(4096))  # expect-note: "only `gc.threshold` collects here"
    pages.pop(0)
