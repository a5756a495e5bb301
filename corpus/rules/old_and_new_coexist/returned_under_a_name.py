# A document that its function has looked at, or tried for several times, is the caller's all the same.
import json
import time

import board


def read_plan():
    plan = None
    while True:
        try:
            with open("/plan.json") as source:
                plan = json.load(source)
            break
        except OSError:
            time.sleep(1)
            continue
    if "room" not in plan["place"]:
        plan["place"]["room"] = 0
    return plan


def read_host():
    with open("/host.json") as source:
        host = json.load(source)
    host = host["name"]
    return host


plan = read_plan()
host = read_host()
while True:
    for entry in plan["entries"]:
        print(board.board_id, entry["title"], host)
    time.sleep(2)
    if time.localtime().tm_min == 0:
        plan = read_plan()  # expect: "`plan` still holds its old value, `json.load(source)`"
        host = read_host()
