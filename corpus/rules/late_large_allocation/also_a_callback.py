# Called at the start, but handed on too: who knows how often it runs.
import adafruit_minimqtt.adafruit_minimqtt as MQTT
import board
import countio
import socketpool
import wifi
from adafruit_ticks import ticks_ms

uart = board.UART()
wake = []


def prepare():
    client = MQTT.MQTT(broker="shed.local", socket_pool=socketpool.SocketPool(wifi.radio))
    client.connect()
    greeting = bytearray(4096)
    uart.readinto(greeting)
    return sum(greeting)


print(prepare(), ticks_ms())
wake.append(prepare)
counter = countio.Counter(board.D5)
while True:
    if counter.count > 10:
        counter.reset()
        wake[0]()
