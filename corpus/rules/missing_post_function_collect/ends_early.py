# A function that collects on its way looks after its garbage, though it may end early.
import gc
import json
import time

import board

uart = board.UART()


def headline():
    with open("/news.json") as source:
        news = json.load(source)
    if uart.in_waiting:
        return "interrupted"
    text = news["items"][0]["title"]
    news = None
    gc.collect()
    return text


def row():
    with open("/table.json") as source:
        table = json.load(source)
    first = table["rows"][0]
    table = None
    tidy()
    return first


def tidy():
    gc.collect()


history = []
while True:
    history.append([time.monotonic(), headline(), row()])
    if len(history) > 20:
        history.pop(0)
    time.sleep(5)
