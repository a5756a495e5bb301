# A buffer that is all of a loop's body (soak test of the collector) cannot be moved out: nothing would be left of the loop.
import board

print(board.board_id)

while True:
    frame = bytearray(2048)  # expect: "exactly 2,048 bytes"
