# A target that stands for many boards: some of them have room for that.
import board

frame = bytearray(200000)
board.UART().readinto(frame)
