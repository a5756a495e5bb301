# What is shown around a request to a server tells what the program waits for.
import os

import adafruit_requests
import board
import terminalio
from adafruit_display_text import label
from adafruit_io.adafruit_io import IO_HTTP

session = adafruit_requests.Session(board.POOL, board.SSL)
io = IO_HTTP(os.getenv("AIO_USERNAME"), os.getenv("AIO_KEY"), session)
scale = board.SCALE
status = label.Label(terminalio.FONT, x=4, y=60)
board.DISPLAY.root_group = status


def check_news():
    while scale.connected:
        status.text = "asking the server ..."
        session.get("http://192.168.4.1/news.txt").close()
        status.text = "asked the server"


check_news()
while True:
    status.text = "sending ..."
    io.send_data("weight", scale.weight)
    status.text = "sent"
