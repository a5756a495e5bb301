# The link is also set up again whenever it is lost: no part of the start alone, and it collects.
import gc
import time

import adafruit_minimqtt.adafruit_minimqtt as MQTT
import board
import busio
import socketpool
import wifi

uart = busio.UART(board.TX, board.RX)


def join():
    client = MQTT.MQTT(broker="shed.local", socket_pool=socketpool.SocketPool(wifi.radio))
    client.connect()
    greeting = bytearray(2048)
    uart.readinto(greeting)
    return sum(greeting)


print(join())
gc.collect()
while True:
    if not wifi.radio.connected:
        join()
        gc.collect()
    time.sleep(1)
