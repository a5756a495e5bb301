# This library drives one board only, which has 2 MB of external RAM: nothing here is large on it.
import os

import adafruit_pycamera
import displayio
import wifi

camera = adafruit_pycamera.PyCamera()
wifi.radio.connect(os.getenv("CIRCUITPY_WIFI_SSID"), os.getenv("CIRCUITPY_WIFI_PASSWORD"))
preview = displayio.Bitmap(240, 176, 65535)
camera.blit(preview)
