# Where FRG301 is silent, so is this: guards, events, slow passes, long timers, collections.
import gc
import time

import board
import terminalio
from adafruit_display_text import bitmap_label

uart = board.UART()
button = board.BUTTON
TITLE = "The weather station at the end of the garden, second edition"
line = bitmap_label.Label(terminalio.FONT)
title = bitmap_label.Label(terminalio.FONT)
last = None
fetched = 0


def slowly():
    while uart.connected:
        line.text = "Bytes that were received on the serial port since this start {}".format(uart.count)
        time.sleep(5)


def tidily():
    while uart.connected:
        line.text = "Bytes that were received on the serial port since this start {}".format(uart.count)
        gc.collect()


def loading():
    for step in range(100):
        line.text = "Steps of a hundred that are done while the program starts up: {}".format(step)


loading()
slowly()
tidily()
line.text = "Bytes that were received on the serial port since this start {}".format(uart.count)
while True:
    title.text = TITLE
    count = uart.count
    if count != last:
        last = count
        line.text = "Bytes that were received on the serial port since this start {}".format(count)
    if button.fell:
        line.text = "Bytes that were received until the button was pressed last: {}".format(count)
    message = uart.readline()
    if message is not None:
        line.text = "The last complete line that came in over the serial port is: {}".format(message)
    try:
        uart.check()
    except OSError as error:
        line.text = "What went wrong on the serial port when it was checked last: {}".format(error)
    if time.monotonic() - fetched > 300:
        fetched = time.monotonic()
        line.text = "Bytes that were received on the serial port since this start {}".format(count)
