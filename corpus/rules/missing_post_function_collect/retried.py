# A helper that gives its argument back, as retries are written, keeps the argument's type.
import ssl
import time

import adafruit_requests
import microcontroller
import socketpool
import wifi

pool = socketpool.SocketPool(wifi.radio)
requests = adafruit_requests.Session(pool, ssl.create_default_context())


def attempt(tries, made):
    for number in range(tries):
        try:
            result = made
        except RuntimeError as error:
            print(error)
            if number == tries - 1:
                microcontroller.reset()
            continue
        break
    return result


def tide():
    response = attempt(3, requests.get("https://example.com/tides"))
    table = response.json()
    return table["high"][0]["at"]


checked = None
while True:
    if checked is None or time.monotonic() - checked > 900:
        checked = time.monotonic()
        print("high water at", tide())  # expect: "`tide()`"
    time.sleep(1)
