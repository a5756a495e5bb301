# Three labels that stay are as much as a large request; the two constants go up with the buffer.
import displayio
import terminalio
from adafruit_display_text import label

group = displayio.Group()
title = label.Label(terminalio.FONT, text="North")
wind = label.Label(terminalio.FONT, text="12 kn")
depth = label.Label(terminalio.FONT, text="4.1 m")
SAMPLES = 4096
samples = bytearray(SAMPLES)  # expect-note: "exactly 4,096 bytes" "above line 7" "line 10"
group.append(title)
group.append(wind)
group.append(depth)
