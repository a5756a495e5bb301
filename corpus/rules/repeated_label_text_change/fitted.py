# A loop that makes a text shorter until it fits looks at the label itself.
import board
import terminalio
from adafruit_display_text import label

WIDTH = 120
radio = board.RADIO
line = label.Label(terminalio.FONT)
other = label.Label(terminalio.FONT, y=20)


def show(text):
    line.text = text
    while line.bounding_box[2] > WIDTH and len(line.text) > 1:
        line.text = "{}.".format(line.text[:-2])


class Title:
    def __init__(self):
        self.label = label.Label(terminalio.FONT)

    def shorten(self):
        while self.label.width > WIDTH:
            self.label.text = self.label.text[:-3] + ".."


title = Title()
while True:
    name = radio.receive()
    if name is not None:
        show(name)
        title.shorten()
