# target: circuitpython/adafruit_matrixportal_s3
# With megabytes of memory what is only presumed to be large is a note.
import json
import time

import board


def settings():
    with open("/settings.json") as source:
        document = json.load(source)
    return document["interval"]


uart = board.UART()
while True:
    time.sleep(settings())  # expect-note: "size is not known"
