# The session of adafruit_requests keeps its last response, and that the document decoded from
# it: dropping the name frees nothing, and a collection would free nothing either.
import ssl

import adafruit_requests
import board
import socketpool
import wifi

pool = socketpool.SocketPool(wifi.radio)
requests = adafruit_requests.Session(pool, ssl.create_default_context())

response = requests.get("https://example.com/feed")
feed = response.json()
title = feed["title"]
print(title)
response.close()
del feed
response = None
line = bytearray(1024)  # expect-note: late-large-allocation "exactly 1,024 bytes"
board.UART().readinto(line)
