# Packets of a radio: read into a buffer that every pass makes.
import board
import busio
import digitalio

spi = busio.SPI(board.SCK, board.MOSI, board.MISO)
cs = digitalio.DigitalInOut(board.D5)
MAX_PACKET = 1500

while True:
    packet = bytearray(MAX_PACKET)  # expect: "exactly 1,520 bytes"
    spi.readinto(packet)
    if packet[0] == 0x7E:
        print("packet of", packet[1])
