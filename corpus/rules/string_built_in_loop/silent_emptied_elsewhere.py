# Another function empties what the loop fills.
import board
import time

uart = board.UART()
outgoing = ""


def flush():
    global outgoing
    uart.write(outgoing.encode())
    outgoing = ""


def queue(word):
    global outgoing
    outgoing += word


while True:
    queue("tick ")
    flush()
    time.sleep(1)
