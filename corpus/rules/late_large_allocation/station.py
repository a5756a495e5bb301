# MicroPython: the station is joined before the frame buffer is made, although the panel's size is a constant.
import time

import framebuf
import network
from machine import SPI, Pin
from umqtt.simple import MQTTClient

WIDTH = 296
HEIGHT = 128


def start():
    wlan = network.WLAN(network.STA_IF)
    wlan.active(True)
    wlan.connect("shed", "correct horse")
    while not wlan.isconnected():
        time.sleep_ms(200)
    client = MQTTClient("shed", "broker.local")
    client.connect()
    black = bytearray(WIDTH * HEIGHT // 8)  # expect-note: "exactly 4,736 bytes" "above line 20"
    frame = framebuf.FrameBuffer(black, WIDTH, HEIGHT, framebuf.MONO_HLSB)
    spi = SPI(1, baudrate=4_000_000, sck=Pin(10), mosi=Pin(11))
    while True:
        frame.fill(1)
        frame.text("ready", 8, 8, 0)
        spi.write(black)
        time.sleep(60)


start()
