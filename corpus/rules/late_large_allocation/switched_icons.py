# Whether there are icons is settled by a name at the top: the sheet goes up together with its `if`.
import board
import displayio
import terminalio
from adafruit_display_text import label

SHOW_ICONS = True
try:
    import adafruit_imageload
except ImportError:
    SHOW_ICONS = False

group = displayio.Group()
north = label.Label(terminalio.FONT, text="North 12 kn")
south = label.Label(terminalio.FONT, text="South 3 kn", y=20)
east = label.Label(terminalio.FONT, text="East 7 kn", y=40)
for line in (north, south, east):
    group.append(line)
if SHOW_ICONS:
    try:
        sheet, colours = adafruit_imageload.load("/wind_icons.bmp")  # expect-note: "above line 14"
        icons = displayio.TileGrid(sheet, pixel_shader=colours, tile_width=32, tile_height=32)
        group.append(icons)
    except OSError:
        print("no icons")
board.DISPLAY.root_group = group
