# A portal collects before it asks, not behind: the document is made after that.
import time

import board
from adafruit_matrixportal.matrixportal import MatrixPortal

portal = MatrixPortal(status_neopixel=board.NEOPIXEL)
scores = []


def score():
    data = portal.network.fetch("https://example.com/match").json()
    return "{}:{}".format(data["home"], data["away"])


asked = None
while True:
    if asked is None or time.monotonic() > asked + 60:
        asked = time.monotonic()
        scores.append(score())  # expect: "`score()`" "`….json(…)`"
        if len(scores) > 10:
            scores.pop(0)
    time.sleep(0.1)
