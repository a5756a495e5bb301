# Two constants that take turns are two changes on each pass.
import time

import board
import terminalio
from adafruit_display_text import label

motor = board.MOTOR
state = label.Label(terminalio.FONT)
name = label.Label(terminalio.FONT)

while True:
    state.text = "going up ..."  # expect-note: "another text on the same pass"
    motor.move(100)
    state.text = "going down ..."  # expect-note: "another text on the same pass"
    motor.move(-100)
    name.text = "lift"
    time.sleep(0.2)
    name.text = "lift"
