"""Watches a plant: a Stemma soil sensor, a lamp, and a report over the serial line to the house."""
import time

import board
import busio
import digitalio
from adafruit_seesaw.seesaw import Seesaw

WET = 800
DRY = 400
REPORT_LINES = 6

i2c = board.I2C()
soil = Seesaw(i2c, addr=0x36)
house = busio.UART(board.TX, board.RX, baudrate=19200, timeout=0)
lamp = digitalio.DigitalInOut(board.D9)
lamp.switch_to_output(False)

alarms = []


def check(moisture, temperature):
    found = []
    if moisture < DRY:
        found.append("thirsty")
    elif moisture > WET:
        found.append("drowning")
    if temperature < 8:
        found.append("cold")
    elif temperature > 35:
        found.append("hot")
    return found


def report(lines):
    text = ""
    for number, entry in enumerate(lines):
        text += str(number) + ": " + entry + "\r\n"
    house.write(text.encode())


while True:
    try:
        moisture = soil.moisture_read()
        temperature = soil.get_temp()
    except OSError as error:
        alarms.append("sensor " + str(error))
        time.sleep(5)
        continue
    now = check(moisture, temperature)
    lamp.value = bool(now)
    if now:
        alarms.append(", ".join(now) + " at " + str(moisture) + "/" + str(temperature))
    if len(alarms) >= REPORT_LINES:
        report(alarms)
        alarms.clear()
    asked = house.readline()
    if asked and asked.strip() == b"status":
        house.write(b"moisture %d, %d alarms\r\n" % (moisture, len(alarms)))
    time.sleep(60)
