# One expression asks and decodes: while it asks, the session still holds the document of the time
# before, and dropping the name first frees nothing. Where the answer has a name it does.
import time

import adafruit_requests
import board
import socketpool
import wifi

session = adafruit_requests.Session(socketpool.SocketPool(wifi.radio))
shown = []

while True:
    document = session.get("http://example.com/all").json()  # expect: "keep the answer under a name of its own"
    for entry in document["entries"]:
        print(board.board_id, entry["title"], len(document))
    answer = session.get("http://example.com/news")
    news = answer.json()  # expect: "Set `news` to None and call `gc.collect()` first"
    for entry in news["entries"]:
        print(entry["title"], len(news))
    time.sleep(1)
