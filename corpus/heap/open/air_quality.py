"""CO2 monitor that posts to a server and shows the outdoor air quality that a web service gives."""
import time

import adafruit_requests
import adafruit_scd4x
import board
import displayio
import socketpool
import ssl
import terminalio
import wifi
from adafruit_display_text import label

SERVICE = "http://air.example.org/v1/feed?station="
STATIONS = ("harbour", "centre", "park")
FETCH_EVERY = 5

i2c = board.STEMMA_I2C()
scd4x = adafruit_scd4x.SCD4X(i2c)
scd4x.start_periodic_measurement()

group = displayio.Group()
indoor = label.Label(terminalio.FONT, text="CO2 ----", x=5, y=20, scale=2)
outdoor = label.Label(terminalio.FONT, text="outside: -", x=5, y=60)
group.append(indoor)
group.append(outdoor)
board.DISPLAY.root_group = group

wifi.radio.connect("garden", "correct horse")
pool = socketpool.SocketPool(wifi.radio)
session = adafruit_requests.Session(pool, ssl.create_default_context())
print("connected as", wifi.radio.ipv4_address)

stations = {}
for name in STATIONS:
    stations[name] = {"url": SERVICE + name, "worst": 0, "failures": 0}

# One sample per measurement, a day of them.
graph = bytearray(4096)
used = 0
turn = 0
while True:
    if scd4x.data_ready:
        co2 = scd4x.CO2
        graph[used % len(graph)] = min(co2 // 16, 255)
        used += 1
        status = "good"
        if co2 > 1400:
            status = "open a window!"
        elif co2 > 900:
            status = "stuffy"
        indoor.text = "CO2 " + str(co2) + " " + status
        print(f"{co2} ppm, {scd4x.temperature:.1f} C, {scd4x.relative_humidity:.0f} %")
    if turn % FETCH_EVERY == 0:
        name = STATIONS[turn // FETCH_EVERY % len(STATIONS)]
        station = stations[name]
        try:
            response = session.get(station["url"])
            data = response.json()
            response.close()
            worst = max(data["values"]) if data["values"] else 0
            station["worst"] = max(station["worst"], worst)
            outdoor.text = f"{name}: {data['index']} (worst {worst})"
        except (OSError, KeyError) as error:
            station["failures"] += 1
            print("no data from", name, "-", error)
    turn += 1
    time.sleep(5)
