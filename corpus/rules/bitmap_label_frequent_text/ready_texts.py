# One of some long texts that lie ready, chosen by what the sensor sees.
import time

import board
import digitalio
import terminalio
from adafruit_display_text import bitmap_label

water = digitalio.DigitalInOut(board.D5)
advice = bitmap_label.Label(terminalio.FONT)
board.DISPLAY.root_group = advice
DRY = "The soil in this pot is dry: give it half a litre of water, please, and wait"
WET = "The soil in this pot is wet: do not give it any water before the next week"

while True:
    advice.text = WET if water.value else DRY
    time.sleep(0.2)
