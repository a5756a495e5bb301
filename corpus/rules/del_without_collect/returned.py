# What the program's own functions return: a document that was tried for, a list that was filled.
import json
import time

import board
import keypad

keys = keypad.Keys((board.D5,), value_when_pressed=False)
rhythms = []


def schedule(path):
    plan = None
    try:
        with open(path) as source:
            plan = json.load(source)
    except OSError:
        print("no plan", path)
    return plan


def schedule_at_last(path):
    while True:
        try:
            with open(path) as source:
                found = json.load(source)
            break
        except ValueError:
            time.sleep(1)
    return found


def presses(limit):
    times = []
    started = time.monotonic()
    while time.monotonic() - started < limit:
        event = keys.events.get()
        if event and event.pressed:
            times.append(time.monotonic() - started)
    return times


def first_press(limit):
    times = presses(limit)
    return times[0] if times else None


plan = schedule("/monday.json")
print(plan["start"])
plan = None  # expect: "`json.load(source)`, size not known here"
names = [0] * 300

while True:
    if time.localtime().tm_min == 0:
        plan = schedule_at_last("/tuesday.json")
        print(plan["start"])
        plan = None  # expect: "setting `plan` to None"
    rhythm = presses(5)
    beats = len(rhythm)
    del rhythm  # expect-note: "what it held (`[]`, size not known here)"
    rhythms.append(beats)
    press = first_press(5)
    print(len(names), press)
    press = None
