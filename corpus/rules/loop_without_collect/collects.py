# Loops that collect: on every pass, by a counter, by free memory, in a helper, on a button.
import gc
import time

import analogio
import board
import digitalio

probe = analogio.AnalogIn(board.A0)
button = digitalio.DigitalInOut(board.D5)
history = []
passes = 0


def remember(value):
    history.append([time.monotonic(), value])
    if len(history) > 50:
        history.pop(0)


def tidy():
    if gc.mem_free() < 20000:
        gc.collect()


def every_pass():
    while True:
        remember(max([probe.value for _ in range(200)]))
        gc.collect()


def by_counter():
    global passes
    while True:
        remember(max([probe.value for _ in range(200)]))
        passes += 1
        if passes == 20:
            passes = 0
            gc.collect()


def by_helper():
    while True:
        remember(max([probe.value for _ in range(200)]))
        tidy()


if button.value:
    every_pass()
elif probe.value > 20000:
    by_counter()
elif probe.value > 10000:
    by_helper()
while True:
    remember(max([probe.value for _ in range(200)]))
    if not button.value:
        gc.collect()
