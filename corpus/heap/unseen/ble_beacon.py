# BTHome v2 beacon: battery, temperature, humidity and a door contact, over BLE advertising.
import struct
import time

import bluetooth
import dht
from machine import ADC, Pin, lightsleep

_FLAGS = 0x01
_NAME = 0x09
_SERVICE_DATA = 0x16
_BTHOME = 0xFCD2

DEVICE_INFO = 0x40
OBJ_PACKET = 0x00
OBJ_BATTERY = 0x01
OBJ_TEMPERATURE = 0x02
OBJ_HUMIDITY = 0x03
OBJ_VOLTAGE = 0x0C
OBJ_DOOR = 0x1A


def encode(name, service):
    payload = bytearray()

    def append(kind, value):
        nonlocal payload
        payload += struct.pack("BB", len(value) + 1, kind) + value

    append(_FLAGS, b"\x06")
    append(_SERVICE_DATA, struct.pack("<H", _BTHOME) + service)
    if name:
        append(_NAME, name)
    return payload


def battery_percent(mv):
    return max(0, min(100, (mv - 3200) // 10))


class Beacon:
    def __init__(self, name):
        self.name = name.encode()
        self.ble = bluetooth.BLE()
        self.ble.active(True)
        self.packet = 0

    def publish(self, temperature, humidity, mv, door):
        data = bytearray([DEVICE_INFO])
        data += struct.pack("<BB", OBJ_PACKET, self.packet & 0xFF)
        data += struct.pack("<BB", OBJ_BATTERY, battery_percent(mv))
        if temperature is not None:
            data += struct.pack("<Bh", OBJ_TEMPERATURE, int(temperature * 100))
            data += struct.pack("<BH", OBJ_HUMIDITY, int(humidity * 100))
        data += struct.pack("<BH", OBJ_VOLTAGE, mv)
        data += struct.pack("<BB", OBJ_DOOR, door)
        adv = encode(self.name, data)
        if len(adv) > 31:
            adv = encode(None, data)
        self.ble.gap_advertise(250000, adv_data=adv)
        self.packet += 1
        return adv


sensor = dht.DHT22(Pin(4))
adc = ADC(Pin(35))
door_pin = Pin(27, Pin.IN, Pin.PULL_UP)
beacon = Beacon("shed")
errors = 0

while True:
    temperature = humidity = None
    try:
        sensor.measure()
        temperature = sensor.temperature()
        humidity = sensor.humidity()
    except OSError:
        errors += 1
    mv = adc.read_u16() * 2 * 3300 // 65535
    adv = beacon.publish(temperature, humidity, mv, door_pin.value())
    print(beacon.packet, errors, adv.hex())
    time.sleep_ms(500)
    lightsleep(30000)
