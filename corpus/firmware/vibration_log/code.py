# target: circuitpython/feather_m4_express
"""Listens to the bearings of a lathe: shows the raw level, keeps the last traces for the REPL.

Traces are taken when the level jumps; they stay until eight newer ones have come.
"""
import time

import analogio
import board
import digitalio
import displayio
import terminalio
from adafruit_display_text import label

import capture
from settings import DEPTH, QUIET

display = board.DISPLAY
group = displayio.Group()
display.root_group = group

level_text = label.Label(terminalio.FONT, text="level -----", x=4, y=10)
state_text = label.Label(terminalio.FONT, text="quiet", x=4, y=30)
count_text = label.Label(terminalio.FONT, text="traces 0", x=4, y=50)
group.append(level_text)
group.append(state_text)
group.append(count_text)

probe = analogio.AnalogIn(board.A0)
alarm = digitalio.DigitalInOut(board.D5)
alarm.switch_to_output(False)

traces = []
average = probe.value
shown = None
alarm_off = 0

while True:  # expect-note: loop-without-collect
    value = probe.value
    average += (value - average) // 16

    # The reading jumps about, so this is another text on nearly every pass.
    level_text.text = "level of vibration {}".format(value)  # expect: repeated-label-text-change "at least"

    # Only when the word changes.
    state = "LOUD" if value > average * 2 else "quiet"
    if state != shown:
        state_text.text = state
        shown = state

    if state == "LOUD":
        peak = capture.spectrum_peak(probe)  # expect-note: missing-post-function-collect "2,256 bytes"
        alarm.value = peak > QUIET
        alarm_off = time.monotonic() + 2
        traces.append(capture.Trace(time.monotonic(), peak))
        if len(traces) > DEPTH:
            traces.pop(0)
        count_text.text = "traces {}".format(len(traces))

    if alarm.value and time.monotonic() > alarm_off:
        alarm.value = False
