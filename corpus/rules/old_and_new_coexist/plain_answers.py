# Tokens, times and states: nothing but single fields is read of them, here or in what they are given to.
import os
import ssl
import time

import adafruit_requests
import socketpool
import wifi

wifi.radio.connect(os.getenv("WIFI_SSID"), os.getenv("WIFI_PASSWORD"))
pool = socketpool.SocketPool(wifi.radio)
requests = adafruit_requests.Session(pool, ssl.create_default_context())


def hour_of(stamp):
    return int(stamp.split("T")[1][:2])


while True:
    reply = requests.post("https://home.example/token", data="grant=refresh").json()
    token = reply["access_token"]
    print("token ends in", token[-4:], reply.get("expires_in"))
    clock = requests.get("https://home.example/time").json()
    print("hour", hour_of(clock["datetime"]))
    door = requests.get("https://home.example/door").json()
    if "error" in door:
        print(f"{door}")
    elif door["open"] and door["since"] > 60:
        print("close the door")
    time.sleep(30)
