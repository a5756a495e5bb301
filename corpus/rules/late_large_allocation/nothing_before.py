# Large ones in a row at the top come first already.
import board
import displayio

first = displayio.Bitmap(320, 240, 16)
second = displayio.Bitmap(320, 240, 2)
frame = bytearray(4096)
board.DISPLAY.root_group = displayio.Group()
