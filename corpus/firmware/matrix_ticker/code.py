# target: circuitpython/matrixportal_m4
"""Two share prices run over a 64x32 matrix. MatrixPortal M4."""
import gc
import time

import board
import busio
import displayio
import framebufferio
import rgbmatrix
import terminalio
from adafruit_display_text import label
from adafruit_esp32spi import adafruit_esp32spi, adafruit_esp32spi_wifimanager
from digitalio import DigitalInOut

from quotes import Quotes
from secrets import secrets

SYMBOL = "ADA"
OTHER = "LADY"
EVERY = 120

displayio.release_displays()
matrix = rgbmatrix.RGBMatrix(
    width=64, height=32, bit_depth=4,
    rgb_pins=[board.MTX_R1, board.MTX_G1, board.MTX_B1,
              board.MTX_R2, board.MTX_G2, board.MTX_B2],
    addr_pins=[board.MTX_ADDRA, board.MTX_ADDRB, board.MTX_ADDRC, board.MTX_ADDRD],
    clock_pin=board.MTX_CLK, latch_pin=board.MTX_LAT, output_enable_pin=board.MTX_OE)
display = framebufferio.FramebufferDisplay(matrix, auto_refresh=True)

esp = adafruit_esp32spi.ESP_SPIcontrol(
    busio.SPI(board.SCK, board.MOSI, board.MISO),
    DigitalInOut(board.ESP_CS), DigitalInOut(board.ESP_BUSY), DigitalInOut(board.ESP_RESET))
wifi = adafruit_esp32spi_wifimanager.ESPSPI_WiFiManager(esp, secrets, None)
quotes = Quotes(wifi, secrets["token"])

group = displayio.Group()
first = label.Label(terminalio.FONT, text="...", x=64, y=8, color=0x00FF40)
second = label.Label(terminalio.FONT, text="...", x=64, y=24, color=0xFFC000)
group.append(first)
group.append(second)
display.root_group = group


def as_text(symbol, price):
    return "{} {}.{:02d}".format(symbol, price // 100, price % 100)


def scroll(line):
    """Moves a label one pixel to the left, and to the right end when it has left the matrix."""
    line.x -= 1
    if line.x < -line.bounding_box[2]:
        line.x = 64


price = change = 0
other = other_change = 0
last = None
while True:
    if last is None or time.monotonic() - last > EVERY:
        price, change = quotes.latest(SYMBOL)  # expect: missing-post-function-collect "`latest()`"
        # This one cleans up after itself.
        other, other_change = quotes.latest_tidily(OTHER)
        # Every two minutes, right after a request that takes seconds anyway.
        first.text = as_text(SYMBOL, price)
        second.text = as_text(OTHER, other)
        first.color = 0x00FF40 if change >= 0 else 0xFF2000
        second.color = 0x00FF40 if other_change >= 0 else 0xFF2000
        last = time.monotonic()
    scroll(first)
    scroll(second)
    time.sleep(0.04)
