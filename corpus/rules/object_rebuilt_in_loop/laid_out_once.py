# A page of labels that all stay: nothing is made again.
import board
import displayio
import terminalio
from adafruit_display_shapes.rect import Rect
from adafruit_display_text import bitmap_label, label

page = displayio.Group()
names = ("co2", "temp", "hum", "light", "noise", "press", "wind", "rain", "uv")
labels = {}

for row, name in enumerate(names):
    page.append(Rect(0, row * 40, 200, 38, fill=0x202020))
    title = label.Label(terminalio.FONT, text=name, y=row * 20)
    page.append(title)
    labels[name] = bitmap_label.Label(terminalio.FONT, text="", x=60, y=row * 20)
    page.append(labels[name])

keys = [label.Label(terminalio.FONT, text=str(n)) for n in range(12)]
row = 0
while row < 12:
    page.append(label.Label(terminalio.FONT, text="-", y=row * 12))
    row += 1
for key in keys:
    page.append(key)
board.DISPLAY.root_group = page

while True:
    board.DISPLAY.refresh()
