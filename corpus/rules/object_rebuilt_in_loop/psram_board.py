# With megabytes of PSRAM a label is small, and pictures of unknown size are at most notes.
# target: circuitpython/adafruit_matrixportal_s3
import adafruit_imageload
import board
import displayio
import terminalio
from adafruit_display_text import label

page = displayio.Group()
board.DISPLAY.root_group = page

while True:
    page.append(label.Label(terminalio.FONT, text="ready"))  # expect-note
    picture, colors = adafruit_imageload.load("/frame.bmp")  # expect-note
    page.append(displayio.TileGrid(picture, pixel_shader=colors))
    board.DISPLAY.refresh()
    page.pop()
    page.pop()
    picture = colors = None
