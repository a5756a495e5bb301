import board
import gc

frame = bytearray(8192)
print(frame[0])
del frame
other = bytearray(12288)
print(other[0])
