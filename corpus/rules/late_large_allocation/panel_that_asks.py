# MicroPython: how large the panel is, its controller says over the bus; a base written in Python may set the sides, too.
import time

import network
from machine import SPI
from umqtt.simple import MQTTClient
from panels import Base


class Probed:
    def __init__(self, spi):
        self.spi = spi
        self.width = 8 * self.spi.read(2)[1]
        self.pixels = bytearray(self.width * 300 // 8)


class Derived(Base):
    def __init__(self, spi):
        super().__init__(spi)
        self.width = 400
        self.pixels = bytearray(self.width * 300 // 8)


wlan = network.WLAN(network.STA_IF)
wlan.connect("shed", "correct horse")
while not wlan.isconnected():
    time.sleep(1)
client = MQTTClient("shed", "broker.local")
client.connect()
left = Probed(SPI(1))
right = Derived(SPI(2))
while True:
    left.spi.write(left.pixels)
    right.spi.write(right.pixels)
    time.sleep(600)
