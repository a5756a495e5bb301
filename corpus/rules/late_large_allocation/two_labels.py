# Two labels are not worth moving a buffer for.
import displayio
import terminalio
from adafruit_display_text import label

group = displayio.Group()
title = label.Label(terminalio.FONT, text="North")
wind = label.Label(terminalio.FONT, text="12 kn")
samples = bytearray(4096)
group.append(title)
group.append(wind)
