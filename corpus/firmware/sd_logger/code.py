# target: circuitpython/adafruit_feather_rp2040
"""Logs a thermocouple and the battery to an SD card (Adalogger wing), in blocks of a sector."""
import gc
import time

import adafruit_max31855
import adafruit_pcf8523
import adafruit_sdcard
import analogio
import board
import digitalio
import storage

PERIOD = 0.5
SECTOR = 512
FILE = "/sd/oven.csv"
MINUTES = 12 * 60

# What stays comes first: the curve of the day, and the sector to be written.
curve = [0] * MINUTES
sector = bytearray(SECTOR)

spi = board.SPI()
thermocouple = adafruit_max31855.MAX31855(spi, digitalio.DigitalInOut(board.D5))
clock = adafruit_pcf8523.PCF8523(board.I2C())
battery = analogio.AnalogIn(board.VOLTAGE_MONITOR)
led = digitalio.DigitalInOut(board.LED)
led.switch_to_output()

card = adafruit_sdcard.SDCard(spi, digitalio.DigitalInOut(board.D10))
storage.mount(storage.VfsFat(card), "/sd")


def measure_card():
    """How fast is this card? Some are slow, and then the logger skips lines."""
    pattern = bytearray(8 * SECTOR)
    for i in range(0, len(pattern), 2):
        pattern[i] = 0x55
    begin = time.monotonic()
    with open("/sd/speed.tmp", "wb") as file:
        for _ in range(16):
            file.write(pattern)
    del pattern  # expect: del-without-collect "exactly 4,112 bytes"
    # Read back at the same pace.
    check = bytearray(4 * SECTOR)
    with open("/sd/speed.tmp", "rb") as file:
        file.readinto(check)
    return time.monotonic() - begin


def lines_so_far():
    """Counts lines with one block for the whole file."""
    block = bytearray(SECTOR)
    lines = 0
    try:
        with open(FILE, "rb") as file:
            while True:
                count = file.readinto(block)
                if not count:
                    return lines
                for i in range(count):
                    if block[i] == 10:
                        lines += 1
    except OSError:
        return 0


def yesterday_mean():
    """A whole file in memory, once, before the loop; the collection is right below."""
    try:
        with open("/sd/yesterday.csv") as file:
            text = file.read()
    except OSError:
        return 0
    rows = text.split("\n")
    total = sum(int(row.split(",")[1]) for row in rows if row)
    mean = total // max(1, len(rows))
    del rows
    del text
    gc.collect()
    return mean


print("card:", measure_card(), "s,", lines_so_far(), "lines, yesterday", yesterday_mean())

fill = 0
minute = 0
next_minute = time.monotonic()
while True:
    led.value = True
    temperature = int(thermocouple.temperature * 4)
    now = clock.datetime
    line = b"%02d:%02d:%02d,%d,%d\n" % (now.tm_hour, now.tm_min, now.tm_sec, temperature, battery.value)
    if fill + len(line) > SECTOR:
        with open(FILE, "ab") as file:
            file.write(sector)
        fill = 0
    # The right side is as small as a line.
    sector[fill:fill + len(line)] = line
    fill += len(line)

    if time.monotonic() >= next_minute:
        next_minute += 60
        curve[minute % MINUTES] = temperature
        minute += 1
    led.value = False
    time.sleep(PERIOD)
