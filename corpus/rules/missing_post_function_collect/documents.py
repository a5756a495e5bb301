# Whole files and documents: the size is not shown, but they are large in practice.
import json
import time

import machine
import urequests


def settings():
    with open("/settings.json") as source:
        document = json.load(source)
    return document["interval"]


def weather():
    reply = urequests.get("http://weather.local/now")
    temperature = reply.json()["temp"]
    reply.close()
    return temperature


def page_length():
    with open("/index.html") as source:
        return len(source.read())


def report():
    print(weather())


led = machine.Pin(2)
last = 0
while True:
    led.value(settings() > 10)  # expect: "size is not known" "`json.load(source)`"
    if time.ticks_diff(time.ticks_ms(), last) > 60000:
        last = time.ticks_ms()
        report()  # expect: "`report()`" "`reply.json()`"
    print(page_length())  # expect: "`source.read()`"
    time.sleep(1)
