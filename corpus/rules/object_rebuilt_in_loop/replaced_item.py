# In a loop that ends some day: an item of the Group is replaced on every pass, others are added.
import adafruit_ble
import board
import displayio
import terminalio
from adafruit_display_text import label

radio = adafruit_ble.BLERadio()
page = displayio.Group()
board.DISPLAY.root_group = page
page.append(label.Label(terminalio.FONT, text="waiting"))

while radio.connected:
    page[0] = label.Label(terminalio.FONT, text=str(len(radio.connections)))  # expect
    page.append(label.Label(terminalio.FONT, text="one more"))
    inner = displayio.Group()
    inner.append(label.Label(terminalio.FONT, text="signal"))  # expect
    board.DISPLAY.root_group = inner

while True:
    pass
