# How large the image is only the answer tells.
import os
import ssl

import adafruit_requests
import socketpool
import wifi

wifi.radio.connect(os.getenv("CIRCUITPY_WIFI_SSID"), os.getenv("CIRCUITPY_WIFI_PASSWORD"))
session = adafruit_requests.Session(socketpool.SocketPool(wifi.radio), ssl.create_default_context())
with session.get("https://panel.local/size") as response:
    side = int(response.headers["x-side"])
frame = bytearray(side * 512)
print(len(frame))
