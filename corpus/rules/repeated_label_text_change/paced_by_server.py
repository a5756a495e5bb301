# A reading that goes to a server on each pass: the answer takes its time, so a note.
import os

import adafruit_requests
import board
import terminalio
from adafruit_display_text import label
from adafruit_io.adafruit_io import IO_HTTP

session = adafruit_requests.Session(board.POOL, board.SSL)
io = IO_HTTP(os.getenv("AIO_USERNAME"), os.getenv("AIO_KEY"), session)
scale = board.SCALE
weight_line = label.Label(terminalio.FONT, scale=3, x=20, y=40)
board.DISPLAY.root_group = weight_line

while True:  # expect-note: loop-without-collect
    weight = scale.weight
    weight_line.text = "On the scale: {:7.1f} g".format(weight)  # expect-note: "every pass"
    io.send_data("weight", weight)
