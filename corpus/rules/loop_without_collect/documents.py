# Documents that each pass replaces, and what is drawn of them.
import ssl
import time

import adafruit_requests
import board
import displayio
import socketpool
import terminalio
import wifi
from adafruit_display_text import bitmap_label

pool = socketpool.SocketPool(wifi.radio)
requests = adafruit_requests.Session(pool, ssl.create_default_context())
rows = displayio.Group()
board.DISPLAY.root_group = rows


def departures():
    while True:  # expect-note: "`response.json()`" "`bitmap_label.Label(…)`"
        response = requests.get("https://example.com/stop")
        line = response.json()["next"]
        sign = bitmap_label.Label(terminalio.FONT, text=line)
        board.DISPLAY.root_group = sign
        time.sleep(30)


def board_of_rows():
    while True:  # expect-note: "`….json(…)`" "`displayio.Group()`"
        table = requests.get("https://example.com/table").json()  # expect: old-and-new-coexist
        while len(rows):
            rows.pop()
        for entry in table["rows"]:
            row = displayio.Group()
            row.append(bitmap_label.Label(terminalio.FONT, text=entry["name"]))
            rows.append(row)
        time.sleep(60)


def read_out():
    while True:
        print(requests.get("https://example.com/now").json()["temp"])
        time.sleep(60)


if rows.hidden:
    departures()
elif rows.x:
    board_of_rows()
read_out()
