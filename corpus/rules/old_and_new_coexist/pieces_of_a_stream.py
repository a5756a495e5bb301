# Pieces of a chosen size, and parts of lines.
import json
import time

import board
import busio

uart = busio.UART(board.TX, board.RX)
while True:
    with open("/song.raw", "rb") as source:
        piece = source.read(2048)
        while piece:
            uart.write(piece)
            piece = source.read(2048)
    line = uart.readline()
    if line:
        message = json.loads(line[5:])
        for value in message["values"]:
            print(value)
    time.sleep(1)
