"""Walk around with it: shows the strongest networks, and remembers where each was best."""
import time

import network
import ssd1306
from machine import I2C, Pin

wlan = network.WLAN(network.STA_IF)
wlan.active(True)
i2c = I2C(0, scl=Pin(22), sda=Pin(21))
oled = ssd1306.SSD1306_I2C(128, 64, i2c)
button = Pin(0, Pin.IN, Pin.PULL_UP)

best = {}
survey = []
place = 1


def bar(rssi):
    return "#" * max(0, min(5, (rssi + 95) // 10))


def show(networks):
    oled.fill(0)
    oled.text("place %d: %d found" % (place, len(networks)), 0, 0)
    for row, entry in enumerate(networks[:5]):
        oled.text(entry[0].decode()[:9] + " " + bar(entry[3]), 0, 12 + row * 10)
    oled.show()


while True:
    networks = wlan.scan()
    networks = sorted(networks, key=lambda entry: -entry[3])
    for ssid, _, channel, rssi, _, hidden in networks:
        if hidden:
            continue
        if ssid not in best or rssi > best[ssid][0]:
            best[ssid] = (rssi, channel, place)
    survey.append((place, [(entry[0], entry[3]) for entry in networks]))
    show(networks)
    if not button.value():
        place += 1
        report = ""
        for ssid in best:
            report += "%s %d dBm at %d\n" % (ssid.decode(), best[ssid][0], best[ssid][2])
        print(report)
    time.sleep(1)
