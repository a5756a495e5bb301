# A helper replaces what a Group shows, and with it the text that the caller read.
import ssl
import time

import adafruit_requests
import board
import displayio
import socketpool
import terminalio
import wifi
from adafruit_display_text import label

pool = socketpool.SocketPool(wifi.radio)
requests = adafruit_requests.Session(pool, ssl.create_default_context())
page = displayio.Group()
log = displayio.Group()


def show_page(group, text):
    if len(group) == 2:
        del group[1]
    area = label.Label(terminalio.FONT, text=text)
    area.y = 20
    group.append(area)


def add_line(group, text):
    area = label.Label(terminalio.FONT, text=text)
    area.y = 12 * len(group)
    group.append(area)


def forecast():
    while True:  # expect-note: "`response.text`" "in line 22, which lives on"
        response = requests.get("https://example.com/forecast")
        text = response.text  # expect: large-allocation-without-collect "what was made here before"
        response.close()
        show_page(page, text)
        time.sleep(120)


def tail():
    while True:
        response = requests.get("https://example.com/tail")
        line = response.text  # expect: large-allocation-without-collect "what was made here before"
        response.close()
        add_line(log, line)
        time.sleep(120)


if board.D5.value:
    forecast()
tail()
