# A line of text that is taken to pieces, or cleaned, and one entry of a list of documents.
import os
import ssl
import time

import adafruit_requests
import socketpool
import wifi

wifi.radio.connect(os.getenv("WIFI_SSID"), os.getenv("WIFI_PASSWORD"))
pool = socketpool.SocketPool(wifi.radio)
requests = adafruit_requests.Session(pool, ssl.create_default_context())

while True:
    parts = requests.get("https://home.example/level").text.split(",")
    print("level", parts[0], "of", parts[1])
    date = requests.get("https://home.example/date").text.strip('"')
    print("date", date)
    year = requests.get("https://home.example/date").text[:4]
    print("year", year)
    time.sleep(30)
