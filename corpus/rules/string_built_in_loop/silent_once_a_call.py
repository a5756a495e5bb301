# Additions without a loop, in a function that a loop calls: each call begins anew.
import time

import board


def label_of(hours, minutes):
    text = str(hours)
    text += ":"
    text += str(minutes)
    if hours >= 12:
        text = text + " pm"
    return text


while True:
    now = time.localtime()
    print(board.board_id, label_of(now.tm_hour, now.tm_min))
    time.sleep(1)
