"""Reads NMEA sentences from a GPS module and prints the position, the speed and the way travelled."""
import math
import time

import board
import busio
import digitalio

uart = busio.UART(board.TX, board.RX, baudrate=9600, timeout=1)
fix_led = digitalio.DigitalInOut(board.D13)
fix_led.direction = digitalio.Direction.OUTPUT


def checksum_ok(sentence):
    star = sentence.rfind(b"*")
    if star < 0 or len(sentence) < star + 3:
        return False
    total = 0
    for i in range(1, star):
        total ^= sentence[i]
    return total == int(sentence[star + 1 : star + 3], 16)


def to_degrees(field, hemisphere):
    point = field.find(".")
    degrees = float(field[: point - 2]) + float(field[point - 2 :]) / 60
    return -degrees if hemisphere in "SW" else degrees


def distance(lat1, lon1, lat2, lon2):
    x = math.radians(lon2 - lon1) * math.cos(math.radians((lat1 + lat2) / 2))
    y = math.radians(lat2 - lat1)
    return math.sqrt(x * x + y * y) * 6371000


last = None
travelled = 0.0
bad = 0
while True:
    line = uart.readline()
    if line is None:
        continue
    if not line.startswith(b"$GPRMC"):
        continue
    line = line.strip()
    if not checksum_ok(line):
        bad += 1
        print("bad sentence number", bad)
        continue
    fields = str(line, "ascii").split(",")
    if fields[2] != "A":
        fix_led.value = False
        print("waiting for fix")
        continue
    fix_led.value = True
    position = (to_degrees(fields[3], fields[4]), to_degrees(fields[5], fields[6]))
    if last is not None:
        travelled += distance(last[0], last[1], position[0], position[1])
    last = position
    speed = float(fields[7]) * 1.852 if fields[7] else 0.0
    print("%.5f %.5f %.1f km/h %.0f m" % (position[0], position[1], speed, travelled))
    time.sleep(0.1)
