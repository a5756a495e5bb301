# What is typed waits in a text that every look at it cuts: it stays short.
import sys

import board
import supervisor


class Keys:
    def __init__(self):
        self.typed = ""

    def update(self):
        while supervisor.runtime.serial_bytes_available:
            self.typed += sys.stdin.read(1)

    def take(self):
        self.update()
        key = self.typed[:1]
        self.typed = self.typed[1:]
        return key


keys = Keys()
while True:
    if keys.take() == "q":
        print(board.board_id)
