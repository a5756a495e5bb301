# target: circuitpython/feather_m4_express
"""LoRa node in the vineyard: soil, air, battery; sends every minute, listens in between."""
import array
import gc
import struct
import time

import adafruit_rfm9x
import adafruit_sht31d
import analogio
import board
import digitalio
import neopixel

NODE = 7
GATEWAY = 1
EVERY = 60
HISTORY = 144

history = array.array("h", [0] * HISTORY)
packet = bytearray(16)

i2c = board.I2C()
air = adafruit_sht31d.SHT31D(i2c)
battery = analogio.AnalogIn(board.VOLTAGE_MONITOR)
soil = analogio.AnalogIn(board.A1)
pixel = neopixel.NeoPixel(board.NEOPIXEL, 1, brightness=0.05)

rfm9x = adafruit_rfm9x.RFM9x(board.SPI(), digitalio.DigitalInOut(board.D10),
                             digitalio.DigitalInOut(board.D11), 868.0)
rfm9x.tx_power = 20
rfm9x.node = NODE
rfm9x.destination = GATEWAY


def noise_floor():
    """How noisy is the band? The table is dropped as soon as its median is known."""
    levels = [0] * 500
    for i in range(500):
        levels[i] = int(rfm9x.last_rssi)
        time.sleep(0.001)
    levels.sort()
    floor = levels[250]
    levels = None  # expect: del-without-collect "2,0"
    spectrum = array.array("h", [0] * 1000)
    for i in range(1000):
        spectrum[i] = floor
    return floor, spectrum


def median_of_soil():
    """Nine values are nothing to worry about."""
    values = [0] * 9
    for i in range(9):
        values[i] = soil.value
        time.sleep(0.002)
    values.sort()
    return values[4]


def send(count, mean):
    struct.pack_into("<BBhHHH", packet, 0, NODE, count & 0xFF, int(air.temperature * 100),
                     int(air.relative_humidity * 100), mean, battery.value)
    rfm9x.send(packet)


def handle(message):
    """The gateway asks for the history about once a day."""
    if len(message) < 2 or message[0] != NODE:
        return
    if message[1] == 0x10:
        everything = bytearray(HISTORY * 8)
        for i in range(HISTORY):
            struct.pack_into("<hH", everything, i * 8, history[i], i)
        for at in range(0, len(everything), 240):
            rfm9x.send(everything[at:at + 240])
    elif message[1] == 0x20:
        pixel[0] = (message[2], message[3], message[4])


floor, spectrum = noise_floor()
print("noise floor", floor, "of", len(spectrum))
count = 0
last = time.monotonic()
while True:
    message = rfm9x.receive(timeout=0.5)
    if message is not None:
        handle(message)

    # Eight readings, smoothed, each in a window of its own.
    window = array.array("H", [0] * 64)  # expect-note: buffer-in-loop
    for i in range(64):
        window[i] = soil.value
    mean = sum(window) // 64

    if time.monotonic() - last >= EVERY:
        last = time.monotonic()
        send(count, (mean + median_of_soil()) // 2)
        history[count % HISTORY] = int(air.temperature * 100)
        count += 1
        gc.collect()
