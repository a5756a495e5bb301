"""Four relays that are switched over MQTT, with JSON or plain words."""
import json
import time

import network
from machine import Pin, WDT, unique_id
from umqtt.simple import MQTTClient

SSID = "workshop"
KEY = "not this one"
BROKER = "192.168.1.10"
PREFIX = b"workshop/relay/"
RELAYS = [Pin(number, Pin.OUT) for number in (16, 17, 18, 19)]

wlan = network.WLAN(network.STA_IF)
wlan.active(True)
wlan.connect(SSID, KEY)
while not wlan.isconnected():
    time.sleep_ms(200)

pending = []


def switch(number, on):
    if 0 <= number < len(RELAYS):
        RELAYS[number].value(1 if on else 0)
        pending.append(number)


def on_message(topic, message):
    if not topic.startswith(PREFIX):
        return
    name = topic[len(PREFIX) :]
    if name == b"all":
        for number in range(len(RELAYS)):
            switch(number, message == b"on")
        return
    try:
        if name == b"set":
            for number, on in json.loads(message).items():
                switch(int(number), on)
        else:
            switch(int(name), message == b"on")
    except ValueError:
        print("not understood:", topic, message)


def make_client():
    client = MQTTClient(unique_id(), BROKER, keepalive=60)
    client.set_callback(on_message)
    client.connect()
    client.subscribe(PREFIX + b"#")
    return client


client = make_client()
watchdog = WDT(timeout=8000)
lost = 0
while True:
    watchdog.feed()
    try:
        client.check_msg()
        while pending:
            number = pending.pop()
            state = b"on" if RELAYS[number].value() else b"off"
            client.publish(b"workshop/state/%d" % number, state)
    except OSError as error:
        lost += 1
        print("connection lost, number", lost, error)
        client = make_client()
    time.sleep_ms(100)
