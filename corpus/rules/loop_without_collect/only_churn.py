# Loops that only make garbage, or only things that live on: nothing settles beyond garbage.
import json
import time

import analogio
import board

probe = analogio.AnalogIn(board.A0)
history = []


def churn():
    while True:
        print(max([probe.value for _ in range(200)]))
        with open("/state.json") as source:
            print(json.loads(source.read())["mode"])
        time.sleep(1)


def churn_with_names():
    while True:
        samples = [probe.value for _ in range(200)]  # expect: old-and-new-coexist
        print(max(samples), min(samples))
        time.sleep(1)


def only_records():
    while True:
        history.append([time.monotonic(), probe.value])
        if len(history) > 50:
            history.pop(0)
        time.sleep(1)


if probe.value > 30000:
    churn()
elif probe.value > 20000:
    churn_with_names()
only_records()
