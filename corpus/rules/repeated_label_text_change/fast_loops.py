# Nothing slows these passes down, and every reading may be another one.
import time

import analogio
import board
import displayio
import terminalio
from adafruit_display_text import label
from adafruit_display_text.label import Label as TextLine

knob = analogio.AnalogIn(board.A0)
lamp = analogio.AnalogIn(board.A1)
group = displayio.Group()
board.DISPLAY.root_group = group

raw = label.Label(terminalio.FONT, x=4, y=10)
group.append(raw)
volts = TextLine(terminalio.FONT, color=0x00FF00, x=4, y=30)
group.append(volts)
both = label.Label(terminalio.FONT, text="-" * 30, x=4, y=50)
group.append(both)

while True:  # expect-note: loop-without-collect
    # 176 bytes for each of 15 characters or more, and the bounding box, and the text.
    raw.text = "Position: {:5d}".format(knob.value)  # expect: "at least 2,688 bytes" "at least 62 requests"
    reading = lamp.value * 3.3 / 65535
    volts.text = f"Light: {reading:.2f} V"  # expect: "at least 2,336 bytes" "on every pass"
    both.text = "knob %5d\nlamp %5d" % (knob.value, lamp.value)  # expect: "Set it only when"
    time.sleep(0.05)
