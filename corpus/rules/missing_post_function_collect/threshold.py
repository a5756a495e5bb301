# A threshold that `main()` sets may collect what each call leaves.
import gc
import json

from machine import UART

history = []


def report():
    with open("state.json") as source:
        state = json.load(source)
    print(state["mode"])


def main():
    gc.threshold(gc.mem_free() // 4 + gc.mem_alloc())
    while True:
        report()  # expect-note: "can come before it is collected: only `gc.threshold` collects here"
        history.append(bytearray(2048))
        UART(0).readinto(history[-1])
        if len(history) > 4:
            history.pop(0)


main()
