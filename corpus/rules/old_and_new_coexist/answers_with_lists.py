# A field that is a list, or a table of its own, makes a document of an answer.
import os
import ssl
import time

import adafruit_requests
import socketpool
import wifi

wifi.radio.connect(os.getenv("WIFI_SSID"), os.getenv("WIFI_PASSWORD"))
pool = socketpool.SocketPool(wifi.radio)
requests = adafruit_requests.Session(pool, ssl.create_default_context())


def total(bins):
    return sum(entry["litres"] for entry in bins)


while True:
    rain = requests.get("https://home.example/rain").json()  # expect: "`rain`"
    print("rain", total(rain["bins"]))
    wind = requests.get("https://home.example/wind").json()  # expect: "`wind`"
    gusts = wind["gusts"]
    print("gust", gusts[0])
    sun = requests.get("https://home.example/sun").json()  # expect: "`sun`"
    print("uv", sun["now"]["uv"])
    feeds = requests.get("https://home.example/feeds").json()  # expect: "`feeds`"
    print(len(feeds), "feeds")
    time.sleep(30)
