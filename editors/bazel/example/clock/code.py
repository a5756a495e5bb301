import board
import time

while True:
    print(board.board_id, time.monotonic())
