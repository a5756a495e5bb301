# The list in the last document holds most of it; one entry of it does not.
import os
import ssl
import time

import adafruit_requests
import socketpool
import wifi

DEPARTURES = "https://transit.example/stops/70/departures"
ALERTS = "https://transit.example/alerts"
STOP = "https://transit.example/stops/70"

wifi.radio.connect(os.getenv("WIFI_SSID"), os.getenv("WIFI_PASSWORD"))
pool = socketpool.SocketPool(wifi.radio)
requests = adafruit_requests.Session(pool, ssl.create_default_context())

while True:
    departures = requests.get(DEPARTURES).json()  # expect: "`departures`"
    departures = departures["departures"]
    print(departures[0]["line"], departures[0]["minutes"])
    alerts = requests.get(ALERTS).json()["alerts"]  # expect: "`alerts`"
    for alert in alerts:
        print(alert["text"])
    stop = requests.get(STOP).json()
    stop = stop["stop"]
    print(stop["name"], stop["shelter"])
    place = requests.get(STOP).json()["place"]
    print(place["street"])
    time.sleep(60)
