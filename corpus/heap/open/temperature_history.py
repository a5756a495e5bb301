"""Two DS18B20 at the boiler. Keeps all readings and uploads them together now and then."""
import time

import ds18x20
import network
import onewire
import requests
from machine import Pin

UPLOAD_EVERY = 8
SERVER = "http://192.168.1.5:8086/write?db=boiler"

wlan = network.WLAN(network.STA_IF)
wlan.active(True)
wlan.connect("cellar", "boiler room")

sensors = ds18x20.DS18X20(onewire.OneWire(Pin(4)))
roms = sensors.scan()
print("found", len(roms), "sensors")


def rom_name(rom):
    name = ""
    for byte in rom:
        name += "%02x" % byte
    return name


def read_all(history):
    sensors.convert_temp()
    time.sleep_ms(750)
    for rom in roms:
        try:
            value = sensors.read_temp(rom)
        except OSError as error:
            print(rom_name(rom), error)
            continue
        if value == 85.0:
            continue  # what the sensor gives when it has lost power
        history.append((rom_name(rom), time.time(), value))


def upload(history):
    body = ""
    for name, when, value in history:
        body += "temp,rom=" + name + " value=" + str(value) + " " + str(when) + "\n"
    response = requests.post(SERVER, data=body)
    ok = response.status_code == 204
    response.close()
    return ok


history = []
rounds = 0
while True:
    read_all(history)
    rounds += 1
    if rounds % UPLOAD_EVERY == 0:
        try:
            if upload(history):
                history = []
        except OSError:
            print("upload failed,", len(history), "readings are kept")
    time.sleep(10)
