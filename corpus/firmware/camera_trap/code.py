# target: circuitpython/raspberry_pi_pico2
"""Wildlife camera: an OV7670 on a Pico 2, a PIR, an SD card. Shows what it sees on the REPL."""
import binascii
import gc
import time

import adafruit_ov7670
import board
import busio
import digitalio
import sdcardio
import storage

WIDTH = 160
HEIGHT = 120
SMALL = 40 * 30 * 2

# The frame first of all: it is the biggest thing by far.
frame = bytearray(WIDTH * HEIGHT * 2)
resolution = adafruit_ov7670.OV7670_SIZE_DIV4

pir = digitalio.DigitalInOut(board.GP26)
button = digitalio.DigitalInOut(board.GP27)
button.switch_to_input(pull=digitalio.Pull.UP)
camera = adafruit_ov7670.OV7670(
    busio.I2C(board.GP21, board.GP20), data_pins=[
        board.GP0, board.GP1, board.GP2, board.GP3, board.GP4, board.GP5, board.GP6, board.GP7],
    clock=board.GP8, vsync=board.GP13, href=board.GP12, mclk=board.GP9, reset=board.GP10,
    shutdown=board.GP15)
camera.size = resolution
camera.colorspace = adafruit_ov7670.OV7670_COLOR_YUV
camera.flip_y = True

spi = busio.SPI(board.GP18, MOSI=board.GP19, MISO=board.GP16)
storage.mount(storage.VfsFat(sdcardio.SDCard(spi, board.GP17)), "/sd")

number = 0
quiet = True


def save(picture):
    """In one write, straight out of the frame."""
    global number
    number += 1
    with open("/sd/{:05d}.yuv".format(number), "wb") as file:
        file.write(picture)


def verify():
    """Reads the picture back. The text of the checksum is all that is wanted."""
    with open("/sd/{:05d}.yuv".format(number), "rb") as file:
        picture = file.read()
    return binascii.crc32(picture)


def verify_in_blocks():
    check = 0
    block = bytearray(2048)
    with open("/sd/{:05d}.yuv".format(number), "rb") as file:
        while True:
            count = file.readinto(block)
            if not count:
                return check
            check = binascii.crc32(memoryview(block)[:count], check)


def brightness(picture):
    total = 0
    for i in range(0, len(picture), 512):
        total += picture[i]
    return total // (len(picture) // 512)


while True:
    camera.capture(frame)
    # The preview is a quarter of a quarter: every fourth pixel of every fourth line.
    preview = bytearray(SMALL * 2)  # expect: buffer-in-loop "exactly 4,816 bytes"
    for i in range(0, len(preview), 2):
        preview[i] = frame[i * 8 % len(frame)]
    print("light", brightness(preview))

    if not button.value:
        # Between small and large pictures: only when the button is pressed.
        if resolution == adafruit_ov7670.OV7670_SIZE_DIV4:
            resolution = adafruit_ov7670.OV7670_SIZE_DIV2
            frame = bytearray(320 * 240 * 2)  # expect: old-and-new-coexist
        else:
            resolution = adafruit_ov7670.OV7670_SIZE_DIV4
            # Here the large one is let go first.
            frame = None
            gc.collect()
            frame = bytearray(WIDTH * HEIGHT * 2)
        gc.collect()
        camera.size = resolution

    if pir.value:
        save(frame)
        if number % 10 == 0:
            print("check", verify())  # expect-note: missing-post-function-collect "`file.read()`"
        else:
            print("check", verify_in_blocks())
        quiet = False
    else:
        quiet = True
    time.sleep(0.5)
