# The session of adafruit_requests keeps the last response and the document decoded from it: a
# collection after the call frees nothing.
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


while True:
    print(temperature())
    time.sleep(600)
