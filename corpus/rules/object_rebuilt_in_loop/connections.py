# The outer loop comes round once for each connection, the inner one has the passes.
import adafruit_ble
import board
import displayio
import terminalio
from adafruit_ble.services.nordic import UARTService
from adafruit_display_text import label

radio = adafruit_ble.BLERadio()
service = UARTService()
page = displayio.Group()
board.DISPLAY.root_group = page

while True:
    while len(page):
        page.pop()
    line = label.Label(terminalio.FONT, text="connected", color=0x00FF00)
    page.append(line)
    while radio.connected:
        data = service.read(16)
        if data:
            line.text = data.decode()
