# What is moved out of the loop keeps what an earlier pass wrote. A call that fills all of it leaves
# nothing of that; one that may read less does; and where the code writes single items there is no fix.
import board
import busio

spi = busio.SPI(board.SCK, board.MOSI, board.MISO)
uart = busio.UART(board.TX, board.RX)
n = 0

answer = bytearray(2048)  # expect: "before the loop and fill it in place"
packet = bytearray(2048)  # expect: "where `readinto` does not fill it, the old contents stay"
blank = bytes(2048)  # expect: "Make it once before the loop"
while True:
    spi.readinto(answer)
    count = uart.readinto(packet) or 0
    spi.write(blank)
    marks = bytearray(1024)  # expect: "zero what is not written anew"
    marks[n % 1024] = 255
    spi.write(marks)
    print(answer[0], packet[:count])
    n += 1
