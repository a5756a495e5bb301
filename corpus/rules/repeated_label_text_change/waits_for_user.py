# Each pass begins or ends with somebody pressing something: one change for each press.
import board
import digitalio
import terminalio
from adafruit_display_text import label

button = digitalio.DigitalInOut(board.D5)
sensor = board.SENSOR
line = label.Label(terminalio.FONT)

while True:
    line.text = "Measured: {:7.2f} grams".format(sensor.value)
    while button.value:
        pass
    while not button.value:
        pass
