# The session of adafruit_requests keeps the last response and the document decoded from it until
# the next request: each call leaves the document of the call before.
import ssl
import time

import adafruit_requests
import socketpool
import wifi

pool = socketpool.SocketPool(wifi.radio)
requests = adafruit_requests.Session(pool, ssl.create_default_context())


def temperature():
    response = requests.get("https://example.com/weather")
    document = response.json()
    response.close()
    return document["temp"]


def forecast():
    return requests.get("https://example.com/forecast").json()


while True:
    print(temperature())  # expect: "`temperature()`" "`response.json()` of the call before" "frees what the call before left"
    for day in forecast()["days"]:
        print(day["high"])
    time.sleep(600)
