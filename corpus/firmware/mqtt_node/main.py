# target: micropython/RPI_PICO_W
# Node of the greenhouse: soil, water, lamp. Talks MQTT to the Pi at the door. MicroPython on a Pico W.
import machine
import network
import time
from umqtt.simple import MQTTClient

import config
from soil import Soil
from tidy import clean, roomy

led = machine.Pin("LED", machine.Pin.OUT)
lamp = machine.Pin(15, machine.Pin.OUT)
valve = machine.Pin(14, machine.Pin.OUT)
i2c = machine.I2C(0, sda=machine.Pin(4), scl=machine.Pin(5), freq=400_000)
soil = Soil(i2c)


def connect():
    wlan = network.WLAN(network.STA_IF)
    wlan.active(True)
    wlan.connect(config.SSID, config.PASSWORD)
    for _ in range(100):
        if wlan.isconnected():
            return wlan
        time.sleep_ms(200)
    machine.reset()


def on_message(topic, message):
    """Called out of check_msg. Messages come a few times a day."""
    if topic.endswith(b"/lamp"):
        lamp.value(message == b"on")
    elif topic.endswith(b"/valve"):
        valve.value(message == b"open")


def self_test():
    """Sums up the EEPROM. Eight kilobytes for one bit of news, but clean() follows."""
    good = sum(i2c.readfrom_mem(config.EEPROM_ADDR, 0, 8192, addrsize=16)) & 0xFF == 0
    clean()
    return good


# Time to get in with Ctrl-C before the radio starts.
time.sleep(2)
# roomy() collects before it looks.
if not roomy(60_000):
    print("little room, EEPROM", "good" if self_test() else "bad")

connect()
client = MQTTClient(config.NODE, config.BROKER, keepalive=30)
client.set_callback(on_message)
client.connect()
client.subscribe(b"garden/" + config.NODE + b"/#")
soil.calibrate()

topic = b"garden/" + config.NODE + b"/soil"
last = time.ticks_ms()
failures = 0
while True:
    try:
        client.check_msg()
        wet = soil.mean()
        if time.ticks_diff(time.ticks_ms(), last) > config.PERIOD_MS:
            last = time.ticks_ms()
            client.publish(topic, b"%d" % wet)
            led.toggle()
            valve_open = self_test() and wet < 300
            valve.value(valve_open)
        failures = 0
    except OSError as error:
        failures += 1
        print("broker:", error)
        if failures > 10:
            machine.reset()
        time.sleep(5)
    time.sleep_ms(100)
