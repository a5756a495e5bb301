# Pages that take turns, each for seconds: all of them at once would take more room.
import gc
import time

import board
import displayio
import terminalio
from adafruit_bitmap_font import bitmap_font
from adafruit_display_shapes.rect import Rect
from adafruit_display_text import label

page = displayio.Group()
board.DISPLAY.root_group = page


def clean_up():
    while len(page):
        page.pop()
    gc.collect()


def show_name():
    page.append(Rect(0, 0, 200, 100, fill=0x0000FF))
    page.append(label.Label(terminalio.FONT, text="Open day", scale=3))
    time.sleep(3)
    clean_up()


def show_room():
    font = bitmap_font.load_font("/fonts/Helvetica-24.pcf")
    page.append(label.Label(font, text="Room 12"))
    time.sleep(3)
    clean_up()


while True:
    show_name()
    show_room()
