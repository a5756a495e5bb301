# What is said of an error is built in its handler, when nothing else goes on.
import board
import storage

errors = ""
while True:
    try:
        storage.remount("/", False)
        print(board.board_id)
    except RuntimeError as problem:
        errors += str(problem)
