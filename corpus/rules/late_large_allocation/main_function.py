# A logger whose set-up is all in main(): the ring needs neither the network nor the clock.
import time

import adafruit_minimqtt.adafruit_minimqtt as MQTT
import board
import busio
import socketpool
import wifi

RECORDS = 512
RECORD_BYTES = 16


def main():
    uart = busio.UART(board.TX, board.RX, baudrate=9600, timeout=0.1)
    client = MQTT.MQTT(broker="shed.local", socket_pool=socketpool.SocketPool(wifi.radio))
    client.connect()
    started = time.monotonic()
    ring = bytearray(RECORDS * RECORD_BYTES)  # expect-note: "exactly 8,192 bytes" "above line 17"
    print("up after", time.monotonic() - started)
    while True:
        uart.readinto(ring)


main()
