# Drip irrigation: config.json on flash overrides the defaults, schedule "HH:MM,minutes,valve;..."
import json
import time

import network
import ntptime
from machine import ADC, Pin

DEFAULTS = {
    "ssid": "garden",
    "key": "tomatoes",
    "utc_offset": 1,
    "wet_limit": 42000,
    "schedule": "06:30,10,0;06:45,15,1;19:00,8,0;19:10,8,2;21:00,5,1",
}

try:
    with open("config.json") as f:
        config = json.load(f)
except OSError:
    config = {}
for key in DEFAULTS:
    config.setdefault(key, DEFAULTS[key])

valves = [Pin(n, Pin.OUT, value=0) for n in (12, 13, 14)]
soil = [ADC(Pin(n)) for n in (32, 33, 34)]


def parse_schedule(text):
    entries = []
    for part in text.split(";"):
        when, minutes, valve = part.split(",")
        hour, minute = when.split(":")
        entries.append((int(hour) * 60 + int(minute), int(minutes), int(valve)))
    return sorted(entries)


schedule = parse_schedule(config["schedule"])
wlan = network.WLAN(network.STA_IF)
wlan.active(True)
wlan.connect(config["ssid"], config["key"])

open_until = [None] * len(valves)
watered = [0] * len(valves)
skipped = 0
last_minute = -1
synced_on = None

while True:
    now = time.localtime()
    minute = (now[3] + config["utc_offset"]) % 24 * 60 + now[4]
    if synced_on != now[2]:
        try:
            ntptime.settime()
            synced_on = now[2]
        except OSError:
            print("ntp failed")
    if minute != last_minute:
        last_minute = minute
        for start, minutes, valve in schedule:
            if start != minute:
                continue
            if soil[valve].read_u16() > config["wet_limit"]:
                skipped += 1
                print("%02d:%02d valve %d skipped, wet" % (minute // 60, minute % 60, valve))
                continue
            valves[valve].on()
            open_until[valve] = minute + minutes
            watered[valve] += minutes
        for valve, until in enumerate(open_until):
            if until is not None and minute >= until:
                valves[valve].off()
                open_until[valve] = None
                print("valve", valve, "closed, today", watered, "skipped", skipped)
        if minute == 0:
            watered = [0] * len(valves)
    time.sleep(20)
