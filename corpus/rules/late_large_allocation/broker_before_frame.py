# MicroPython: the broker's socket and the first answer lie on the heap before the strip's frame is made.
import json

from machine import Pin
from neopixel import NeoPixel
from umqtt.simple import MQTTClient

LEDS = 600

client = MQTTClient("strip", "broker.local")
client.connect()
frame = bytearray(LEDS * 3)  # expect-note: "exactly 1,800 bytes" "above line 11"
strip = NeoPixel(Pin(28), 8)


def on_message(topic, message):
    command = json.loads(message)
    frame[command["led"] * 3] = command["red"]


client.set_callback(on_message)
client.subscribe(b"strip/set")
while True:
    client.wait_msg()
    strip.buf = frame[:24]
    strip.write()
