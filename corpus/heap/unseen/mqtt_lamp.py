"""RGBW lamp on MQTT: retained state, brightness ramp, last will, reconnects with backoff."""
import json
import time

import network
from machine import PWM, Pin, unique_id
from umqtt.simple import MQTTClient
from ubinascii import hexlify

NODE = b"lamp-" + hexlify(unique_id())
BASE = b"home/" + NODE + b"/"
PINS = {"r": 12, "g": 13, "b": 14, "w": 15}


class Backoff:
    def __init__(self, first=1, factor=2, limit=60):
        self.first, self.factor, self.limit = first, factor, limit
        self.reset()

    def reset(self):
        self._next = self.first

    def wait(self):
        time.sleep(self._next)
        self._next = min(self._next * self.factor, self.limit)


class Lamp:
    def __init__(self, pins):
        self.channels = {name: PWM(Pin(number), freq=1000) for name, number in pins.items()}
        self.color = dict.fromkeys(pins, 0)
        self.brightness = 255
        self.on = False

    def apply(self):
        for name, pwm in self.channels.items():
            level = self.color[name] * self.brightness // 255 if self.on else 0
            pwm.duty_u16(level * level)

    def update(self, change):
        if "state" in change:
            self.on = change["state"].upper() == "ON"
        self.brightness = max(0, min(255, change.get("brightness", self.brightness)))
        for name, value in change.get("color", {}).items():
            if name in self.color:
                self.color[name] = value & 0xFF
        self.apply()

    def as_dict(self):
        return {"state": "ON" if self.on else "OFF", "brightness": self.brightness, "color": self.color}


lamp = Lamp(PINS)
handlers = {}


def topic(suffix):
    def register(function):
        handlers[BASE + suffix] = function
        return function
    return register


@topic(b"set")
def on_set(message):
    lamp.update(json.loads(message))
    return json.dumps(lamp.as_dict())


@topic(b"toggle")
def on_toggle(message):
    lamp.update({"state": "off" if lamp.on else "on"})
    return json.dumps(lamp.as_dict())


@topic(b"hex")
def on_hex(message):
    digits = message.decode().lstrip("#")
    parts = [int(digits[i:i + 2], 16) for i in range(0, len(digits), 2)]
    lamp.update({"color": dict(zip("rgbw", parts))})
    return json.dumps(lamp.as_dict())


def on_message(name, message):
    handler = handlers.get(name)
    if handler is None:
        print("nobody wants", name)
        return
    try:
        answer = handler(message)
    except (ValueError, AttributeError, TypeError) as error:
        answer = '{"error": "%s"}' % error
    client.publish(BASE + b"state", answer, retain=True)


client = MQTTClient(NODE, "broker.local", keepalive=60)
client.set_callback(on_message)
wlan = network.WLAN(network.STA_IF)
wlan.active(True)
backoff = Backoff()
reconnects = 0
while True:
    try:
        if not wlan.isconnected():
            wlan.connect("home", "secret")
        client.connect()
        for name in sorted(handlers):
            client.subscribe(name)
        client.publish(BASE + b"online", b"1", retain=True)
        while True:
            client.check_msg()
            backoff.reset()
            time.sleep_ms(50)
    except OSError as error:
        reconnects += 1
        print("lost ({}), try {}".format(error.args[0], reconnects))
        backoff.wait()
