"""Departure board for the hallway. Asks the stop's JSON and fills a 20x4 character LCD over I2C (PCF8574)."""
import time

import network
import requests
from machine import I2C, Pin

URL = "http://transit.example.org/stops/8000050/departures?duration=30"
HEADERS = {"Accept": "application/json", "User-Agent": "hallway-board/1.2"}
COLUMNS, ROWS = 20, 4
ROW_OFFSET = (0x00, 0x40, 0x14, 0x54)
WALK = 6


class Lcd:
    def __init__(self, i2c, address=0x27):
        self.i2c = i2c
        self.address = address
        self.buf = bytearray(1)
        self.shown = [""] * ROWS
        for nibble in (0x3, 0x3, 0x3, 0x2):
            self._nibble(nibble << 4, 0)
            time.sleep_ms(5)
        for command in (0x28, 0x0C, 0x06, 0x01):
            self._byte(command, 0)
        time.sleep_ms(2)

    def _nibble(self, bits, rs):
        for enable in (4, 0):
            self.buf[0] = bits | 8 | enable | rs
            self.i2c.writeto(self.address, self.buf)

    def _byte(self, value, rs):
        self._nibble(value & 0xF0, rs)
        self._nibble(value << 4 & 0xF0, rs)

    def row(self, number, text):
        text = text[:COLUMNS]
        text += " " * (COLUMNS - len(text))
        if text == self.shown[number]:
            return
        self._byte(0x80 | ROW_OFFSET[number], 0)
        for character in text:
            code = ord(character)
            self._byte(code if code < 128 else 0x3F, 1)
        self.shown[number] = text


def plain(text):
    for letter, others in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss")):
        text = text.replace(letter, others)
    return text


def wanted(departures):
    rows = []
    for one in departures:
        if one.get("cancelled"):
            continue
        minutes = one["minutes"] + (one.get("delay") or 0)
        if minutes >= WALK:
            rows.append((minutes, one["line"]["name"], one["direction"], one.get("delay") or 0))
    rows.sort()
    return rows[:ROWS]


def fetch():
    response = requests.get(URL, headers=HEADERS, timeout=10)
    try:
        if response.status_code != 200:
            return None
        return response.json()["departures"]
    finally:
        response.close()


wlan = network.WLAN(network.STA_IF)
wlan.active(True)
wlan.connect("hallway", "guess again")
lcd = Lcd(I2C(1, scl=Pin(7), sda=Pin(6)))
failures = 0
while True:
    try:
        departures = fetch()
        failures = 0 if departures is not None else failures + 1
    except (OSError, KeyError, ValueError) as e:
        departures = None
        failures += 1
    if departures is None:
        if failures >= 3:
            lcd.row(0, "no data since %d min" % failures)
    else:
        rows = wanted(departures)
        for number in range(ROWS):
            if number < len(rows):
                minutes, line, direction, delay = rows[number]
                mark = "!" if delay > 2 else " "
                lcd.row(number, "{:<4}{:<12}{}{:>3}".format(line[:4], plain(direction)[:12], mark, minutes))
            else:
                lcd.row(number, "")
        if rows:
            print("next:", rows[0][1], "in", rows[0][0], "of", len(departures))
    time.sleep(60)
