# Made for each item of a list: not one object that is made once.
import os

import wifi


class Track:
    def __init__(self, name):
        self.name = name
        self.points = bytearray(2048)


wifi.radio.connect(os.getenv("CIRCUITPY_WIFI_SSID"), os.getenv("CIRCUITPY_WIFI_PASSWORD"))
tracks = [Track(name) for name in ("north", "south")]
print(len(tracks))
