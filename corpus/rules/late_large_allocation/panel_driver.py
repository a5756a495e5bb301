# MicroPython: the driver of the panel is a FrameBuffer, whose sides the constructor keeps; it is made after the network.
import time

import framebuf
import network
from machine import SPI, Pin
from micropython import const
from umqtt.simple import MQTTClient

PANEL_WIDTH = const(400)
PANEL_HEIGHT = const(300)


class Panel(framebuf.FrameBuffer):
    def __init__(self, spi, select):
        self.spi = spi
        self.select = select
        self.width = PANEL_WIDTH
        self.height = PANEL_HEIGHT
        self.pixels = bytearray(self.width * self.height // 8)  # expect-note: "exactly 15,000 bytes" "above line 35"
        super().__init__(self.pixels, self.width, self.height, framebuf.MONO_HLSB)

    def refresh(self):
        self.select(0)
        self.spi.write(self.pixels)
        self.select(1)


wlan = network.WLAN(network.STA_IF)
wlan.active(True)
wlan.connect("shed", "correct horse")
while not wlan.isconnected():
    time.sleep(1)
client = MQTTClient("shed", "broker.local")
client.connect()
panel = Panel(SPI(1), Pin(9, Pin.OUT))
while True:
    panel.fill(1)
    panel.text("ready", 8, 8, 0)
    panel.refresh()
    time.sleep(600)
