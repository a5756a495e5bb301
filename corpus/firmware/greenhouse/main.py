# target: micropython/ESP32_GENERIC
"""Waters the beds of a greenhouse by a plan in a file; shows a page to whoever asks. MicroPython."""
import gc
import json
import time

import machine
import network
import socket

PUMPS = (12, 13, 14, 27)
PLAN = "/plan.json"
SSID = "greenhouse"

pumps = [machine.Pin(number, machine.Pin.OUT) for number in PUMPS]
soil = [machine.ADC(machine.Pin(number)) for number in (32, 33, 34, 35)]
history = []
pages = {}


def connect():
    station = network.WLAN(network.STA_IF)
    station.active(True)
    station.connect(SSID, "tomatoes")
    while not station.isconnected():
        time.sleep_ms(200)
    return station.ifconfig()[0]


def limits():
    """Of the whole plan of the year only this week's limits are wanted."""
    with open(PLAN) as file:
        plan = json.load(file)
    week = time.localtime()[7] // 7
    return plan["weeks"][week]["limits"]


def limits_tidily():
    with open(PLAN) as file:
        plan = json.load(file)
    week = time.localtime()[7] // 7
    wanted = plan["weeks"][week]["limits"]
    del plan
    gc.collect()
    return wanted


def mean(adc):
    """Slow and steady: the sensors are noisy."""
    samples = [adc.read_u16() for _ in range(600)]
    return sum(samples) // len(samples)


def serve(listener):
    try:
        client, peer = listener.accept()
    except OSError:
        return
    client.recv(256)
    client.send(b"HTTP/1.0 200 OK\r\n\r\n")
    for when, wet in history:
        client.send("%d %d\n" % (when, wet))
    client.close()


print("address", connect())
listener = socket.socket()
listener.bind(("", 80))
listener.listen(1)
listener.settimeout(1)

planned = limits_tidily()
looked = time.time()
while True:
    serve(listener)

    if time.time() - looked >= 60:
        looked = time.time()
        planned = limits()  # expect: missing-post-function-collect "size is not known"
        # A fresh page each minute, while the plan still lies about.
        pages["plan"] = bytearray(4096)

    for number, pump in enumerate(pumps):
        wet = mean(soil[number])  # expect: missing-post-function-collect "exactly 4,160 bytes"
        history.append((time.time(), wet))
        if len(history) > 200:
            history.pop(0)
        pump.value(wet < planned[number])
