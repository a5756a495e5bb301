# Passes that call what waits, for the user or until an alarm.
import time

import alarm
import board
import digitalio
import terminalio
from adafruit_display_text import label

button = digitalio.DigitalInOut(board.D5)
meter = board.METER
reading = label.Label(terminalio.FONT)
clock = label.Label(terminalio.FONT)
answer = label.Label(terminalio.FONT)
counter = label.Label(terminalio.FONT)


def pressed_within(seconds):
    start = time.monotonic()
    while time.monotonic() - start < seconds:
        if not button.value:
            return True
    return False


def choice_of_user():
    while button.value:
        pass
    return meter.value


def sleep_to_next_minute(deep):
    until = alarm.time.TimeAlarm(epoch_time=time.time() + 60 - time.localtime().tm_sec)
    if deep:
        alarm.exit_and_deep_sleep_until_alarms(until)
    else:
        alarm.light_sleep_until_alarms(until)


def doze(tired):
    if tired:
        alarm.light_sleep_until_alarms(alarm.pin.PinAlarm(board.D5, value=False))


def measure():
    while True:
        reading.text = "{:6.1f} mV".format(meter.value)
        if pressed_within(5):
            return


def show_clock():
    while True:
        clock.text = "{:6.1f} mV".format(meter.value)
        sleep_to_next_minute(meter.value > 3)


def step(choice=None):
    if choice:
        value = choice
    else:
        value = choice_of_user()
    answer.text = "You said {:5d}".format(value)


def count():
    while True:  # expect-note: loop-without-collect
        counter.text = "{:6.1f} mV".format(meter.value)  # expect: "`counter.text`"
        doze(meter.value > 3)


measure()
if meter.value > 100:
    show_clock()
elif meter.value > 50:
    count()
step(1)
while True:
    step()
