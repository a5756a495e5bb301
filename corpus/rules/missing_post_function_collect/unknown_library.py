# Answers of libraries that nobody knows, by their names.
import time

import board
import mrequests
import shelf

session = mrequests.Session()


def weather():
    response = session.get("http://example.com/weather")
    report = response.json()
    return report["main"]["temp"]


def place():
    return session.fetch("http://example.com/place").json()["name"]


def books():
    # No answer of anybody: a shelf describes itself.
    return shelf.oldest.json()["title"]


while True:
    print(weather())  # expect: "`response.json()`"
    print(place())  # expect: "`….json(…)`"
    print(books(), board.board_id)
    time.sleep(60)
