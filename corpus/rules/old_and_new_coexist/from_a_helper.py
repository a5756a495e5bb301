# The document comes out of a method, and stays in an attribute.
import json
import time

import board


class Menu:
    def __init__(self, path):
        self.path = path
        self.entries = self.load()

    def load(self):
        with open(self.path) as source:
            return json.load(source)

    def refresh(self):
        self.entries = self.load()  # expect: "`self.entries`"

    def show(self):
        for entry in self.entries:
            print(board.board_id, entry["title"])


menu = Menu("/menu.json")
while True:
    menu.refresh()
    menu.show()
    time.sleep(2)
