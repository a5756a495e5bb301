# target: micropython/RPI_PICO
"""Discharges four cells, notes their voltages, and keeps a block of raw samples every ten minutes. MicroPython."""
import time

import machine

CELLS = 4
EMPTY = 19000
BLOCK = 4096
KEEP = 6

loads = [machine.Pin(number, machine.Pin.OUT) for number in (2, 3, 4, 5)]
adc = machine.ADC(26)
mux_a = machine.Pin(6, machine.Pin.OUT)
mux_b = machine.Pin(7, machine.Pin.OUT)
button = machine.Pin(8, machine.Pin.IN, machine.Pin.PULL_UP)

curve = []
blocks = []


def select(cell):
    mux_a.value(cell & 1)
    mux_b.value(cell >> 1)
    time.sleep_ms(2)


def start():
    for load in loads:
        load.on()


def stop():
    for load in loads:
        load.off()


def fill(block):
    for i in range(len(block)):
        block[i] = adc.read_u16() >> 8


while button.value():
    time.sleep_ms(20)
start()
began = time.time()
kept = began
while True:
    cell = (time.time() - began) % CELLS
    select(cell)
    # The mean of many: the regulator is noisy.
    level = sum([adc.read_u16() for _ in range(500)]) // 500
    curve.append((time.time(), cell, level))
    if len(curve) > 500:
        curve.pop(0)

    if time.time() - kept >= 600:
        kept = time.time()
        block = bytearray(BLOCK)  # expect: large-allocation-without-collect "exactly 4,096 bytes"
        fill(block)
        blocks.append(block)
        if len(blocks) > KEEP:
            blocks.pop(0)

    if level < EMPTY:
        stop()
    time.sleep(1)
