# Few passes, whatever is added: the address of a radio, eight analog inputs, a count of four.
import board
import analogio

ADDRESS = b"\x24\x0a\xc4\x00\x11\x22"
PINS = (board.A0, board.A1, board.A2, board.A3)
inputs = [analogio.AnalogIn(pin) for pin in PINS]

text = ""
for byte in ADDRESS:
    text += "%02x" % byte
print(text)

while True:
    line = ""
    for index in range(8):
        line = line + str(index) + "\t"
    for pin in inputs[:4]:
        line += str(pin.value) + "\t"
    digit = 0
    while digit < 4:
        line += str(digit)
        digit += 1
    tries = 5
    while tries > 0:
        line += "."
        tries -= 1
    print(line)
