# A background drawn at an eighth of the size on purpose: a hundred bytes on any small display.
import os

import displayio
import supervisor
import wifi

display = supervisor.runtime.display
wifi.radio.connect(os.getenv("CIRCUITPY_WIFI_SSID"), os.getenv("CIRCUITPY_WIFI_PASSWORD"))
backdrop = displayio.Group(scale=8)
white = displayio.Bitmap(display.width // 8, display.height // 8, 1)
colours = displayio.Palette(1)
colours[0] = 0xFFFFFF
backdrop.append(displayio.TileGrid(white, pixel_shader=colours))
display.root_group = backdrop
