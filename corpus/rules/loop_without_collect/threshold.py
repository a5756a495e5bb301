# Requests collect by themselves, as often as the threshold says.
import gc
import json

from machine import UART

uart = UART(0)
history = []


def set_up():
    gc.threshold(4096)


set_up()
while True:
    with open("state.json") as source:
        print(json.loads(source.read())["mode"])
    history.append([0, 0, 0])
    if len(history) > 20:
        history.pop(0)
