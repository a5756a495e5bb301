# The length is compared with a bound, so somebody keeps it short.
import board

uart = board.UART()
typed = ""
sentence = b""

while True:
    key = uart.read(1)
    if key and len(typed) < 20:
        typed += key.decode()
    while len(sentence) < 82:
        sentence += uart.read(1) or b""
    print(typed)
