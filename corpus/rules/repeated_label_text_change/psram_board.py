# Much memory: what is large elsewhere is not here.
# target: circuitpython/adafruit_matrixportal_s3
import board
import terminalio
from adafruit_display_text import label

knob = board.KNOB
line = label.Label(terminalio.FONT)

while True:
    line.text = "Position: {:5d}".format(knob.value)  # expect-note
