# Whoever provides for the lack of memory has thought of it.
import adafruit_minimqtt.adafruit_minimqtt as MQTT
import board
import busio
import socketpool
import wifi


def main():
    uart = busio.UART(board.TX, board.RX)
    client = MQTT.MQTT(broker="shed.local", socket_pool=socketpool.SocketPool(wifi.radio))
    client.connect()
    try:
        buffer = bytearray(32768)
    except MemoryError:
        buffer = bytearray(512)
    while True:
        uart.readinto(buffer)


main()
