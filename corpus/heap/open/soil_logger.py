"""Logs two soil probes and the battery to an OpenLog on the serial port. Reuses its line buffer."""
import time

import analogio
import board
import busio
import digitalio

INTERVAL = 10
DRY = 40000

probes = (analogio.AnalogIn(board.A0), analogio.AnalogIn(board.A1))
battery = analogio.AnalogIn(board.A2)
led = digitalio.DigitalInOut(board.LED)
led.direction = digitalio.Direction.OUTPUT
log = busio.UART(board.TX, board.RX, baudrate=9600)

line = bytearray(b"00000000,00000,00000,0000\r\n")


def put(start, width, number):
    """Writes the number into the line, with zeros before it."""
    for place in range(start + width - 1, start - 1, -1):
        line[place] = 48 + number % 10
        number //= 10


def settled(probe):
    """The middle one of three readings."""
    a = probe.value
    b = probe.value
    c = probe.value
    if a > b:
        a, b = b, a
    if b > c:
        b = c if c > a else a
    return b


start = time.monotonic()
next_line = 0
written = 0
while True:
    elapsed = int(time.monotonic() - start)
    if elapsed < next_line:
        time.sleep(1)
        continue
    next_line = elapsed + INTERVAL
    first = settled(probes[0])
    second = settled(probes[1])
    millivolts = battery.value * 6600 // 65535
    put(0, 8, elapsed)
    put(9, 5, first)
    put(15, 5, second)
    put(21, 4, millivolts)
    written += log.write(line)
    led.value = first > DRY or second > DRY
    if millivolts < 3400:
        print("battery low:", millivolts, "mV after", written, "bytes")
