# The loop never ends and nothing ever empties the text: it grows until no run is long enough.
import time

import board
import adafruit_ahtx0

sensor = adafruit_ahtx0.AHTx0(board.I2C())
log = ""

while True:
    log += "%0.1f,%0.1f\n" % (sensor.temperature, sensor.relative_humidity)  # expect: "only ever gets longer"
    print(len(log.split("\n")))
    time.sleep(60)
