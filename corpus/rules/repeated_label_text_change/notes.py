# Less than a warning: some pause, small or unknown texts, texts that seldom differ, modes.
import time

import board
import terminalio
from adafruit_display_text import label
from adafruit_bitmap_font import bitmap_font

sensor = board.SENSOR
knob = board.KNOB
mouse = board.MOUSE
METRIC = board.board_id == "metric"
big = bitmap_font.load_font("/fonts/Helvetica-Bold-16.bdf")
line = label.Label(terminalio.FONT)
clock = label.Label(terminalio.FONT)
score_line = label.Label(big)
score = 0
scale = 1


def paused():
    while sensor.ready:
        line.text = "Temperature {:6.2f}".format(sensor.temperature)  # expect-note: "on every pass"
        time.sleep(0.5)


def waits_for_data():
    while sensor.ready:
        while not sensor.data_ready:
            pass
        line.text = "Temperature {:6.2f}".format(sensor.temperature)  # expect-note


paused()
waits_for_data()
while True:  # expect-note: loop-without-collect
    line.text = str(knob.value)  # expect-note: "at least" "not known"
    score_line.text = "Score: {:5d}".format(score)  # expect-note: "changes seldom"
    moment = time.localtime()
    clock.text = "{:02d}:{:02d}:{:02d}".format(moment.tm_hour, moment.tm_min, moment.tm_sec)  # expect-note
    clock.text = "{:02d}:{:02d}".format(moment.tm_hour, moment.tm_min)  # expect-note: "changes seldom"
    line.text = "The door is {:>6}".format("open" if sensor.door else "closed")  # expect-note
    line.text = f"Scale: {mouse.scale:4d} percent"  # expect-note: "changes seldom"
    line.text = "About {:6.0f} degrees".format(sensor.temperature)  # expect-note
    line.text = "About {:6d} degrees".format(round(sensor.temperature))  # expect-note
    if METRIC:
        line.text = "Pressure {:7.1f}".format(sensor.pressure)  # expect-note: "mode"
    if mouse.pressed:
        score += 1
        mouse.scale += 1
