"""Watches a log."""
import time

import board

uart = board.UART()


def longest_line():
    with open("/log.txt") as source:
        lines = source.read().split("\n")
    return max(len(line) for line in lines)


while True:
    level = longest_line()  # expect
    print(level)
    time.sleep(1)
