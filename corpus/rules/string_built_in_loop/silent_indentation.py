# Blanks in front of a name, as many as folders lie around it, and the path to it.
import os

import board


def show(path, depth=0):
    for name in os.listdir(path):
        line = ""
        for _ in range(depth):
            line += "   "
        line += name
        print(line)
        if os.stat(path + "/" + name)[0] & 0x4000:
            show(path + "/" + name, depth + 1)


def make_folders(path):
    folder = ""
    for part in path.split("/"):
        folder += "/" + part
        os.mkdir(folder)


make_folders(board.board_id)
show("/")
