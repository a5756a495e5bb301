# A loop that shortens a long text until it fits looks at the label itself.
import board
import terminalio
from adafruit_display_text import bitmap_label

radio = board.RADIO
line = bitmap_label.Label(terminalio.FONT)


def show(text):
    line.text = text
    while line.bounding_box[2] > 300:
        text = text[:-1]
        line.text = "The sender at the other end of the long valley says the following: " + text


while True:
    message = radio.receive()
    if message is not None:
        show(message)
