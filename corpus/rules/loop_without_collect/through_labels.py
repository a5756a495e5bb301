# Labels that functions set behind garbage; what is large itself does not hide them.
import time

import adafruit_requests
import board
import displayio
import socketpool
import terminalio
import wifi
from adafruit_bitmap_font import bitmap_font
from adafruit_display_text import bitmap_label, label

pool = socketpool.SocketPool(wifi.radio)
requests = adafruit_requests.Session(pool)
shown = displayio.Group()
source = bitmap_label.Label(terminalio.FONT)
clock = label.Label(bitmap_font.load_font("/digits.bdf"))
short = label.Label(terminalio.FONT)


def level():
    return len(requests.get("http://receiver.local/volume").text.split(","))


def mute(on):
    picture = displayio.Bitmap(240, 135, 2)
    shown.append(displayio.TileGrid(picture, pixel_shader=displayio.Palette(2)))
    print(on)


def show_source(name):
    source.text = name


def receiver():
    while True:  # expect-note: "the text of `source` in line 32"
        loud = level()  # expect: missing-post-function-collect
        if not board.MUTE.value:
            mute(loud)
        if not board.SOURCE.value:
            show_source(board.SOURCE_NAME.value)
        time.sleep(10)


def countdown():
    left = 5999
    while True:  # expect-note: "the text of `clock`"
        left -= 1
        clock.text = "{:02d}:{:02d}".format(left // 60, left % 60)  # expect-note: repeated-label-text-change
        time.sleep(1)


def brief():
    left = 9
    while True:
        left -= 1
        short.text = str(left)  # expect-note: repeated-label-text-change
        time.sleep(1)


if board.MUTE.value:
    receiver()
elif board.SOURCE.value:
    countdown()
brief()
