# target: circuitpython/adafruit_magtag_2.9_grayscale
# There is room enough for copies: a note.
import board

uart = board.UART()
sentence = b""
while sentence[-1:] != b"\n":
    sentence += uart.read(1) or b""  # expect-note
print(sentence)
