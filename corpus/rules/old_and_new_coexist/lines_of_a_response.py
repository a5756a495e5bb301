# All lines of the last table are still bound while the next text, and its lines, are made.
import os
import ssl
import time

import adafruit_requests
import socketpool
import wifi

TIDES = "https://tides.example/station/9414290.csv"

wifi.radio.connect(os.getenv("WIFI_SSID"), os.getenv("WIFI_PASSWORD"))
pool = socketpool.SocketPool(wifi.radio)
requests = adafruit_requests.Session(pool, ssl.create_default_context())

while True:
    rows = requests.get(TIDES).text.split("\r\n")  # expect: "`rows`" "size is not known"
    newest = rows[-2].split(",")
    print("tide at", newest[0], "is", newest[1])
    time.sleep(360)
