# target: circuitpython/adafruit_magtag_2.9_grayscale
# With PSRAM there is room for two documents of a usual size, but perhaps not for two of these.
import json
import time

import board

while True:
    with open("/calendar.json") as source:
        calendar = json.load(source)  # expect-note
    for day in calendar["days"]:
        print(board.board_id, day)
    time.sleep(600)
