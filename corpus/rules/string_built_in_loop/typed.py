# Somebody types: a note, for such texts are short.
import sys

import board
import supervisor

typed = ""
while supervisor.runtime.serial_bytes_available:
    typed += sys.stdin.read(1)  # expect-note
print(board.board_id, typed)
