# A class that is a label by its base; and one that is none, whatever it is called.
import board
import terminalio
from adafruit_display_text.label import Label

sensor = board.SENSOR


class Gauge(Label):
    def __init__(self, unit):
        super().__init__(terminalio.FONT)
        self.unit = unit

    def measure(self):
        self.text = "Measured: {:7.1f}".format(sensor.value)  # expect


class Careful(Label):
    """Sets its text only where it differs, whoever assigns it."""

    @property
    def text(self):
        return self._text

    @text.setter
    def text(self, value):
        if value != self._text:
            self._set_text(value, self.scale)


class Entry:
    def __init__(self):
        self.text = ""

    def fill(self):
        self.text = "Measured: {:7.1f}".format(sensor.value)


gauge = Gauge("V")
careful = Careful(terminalio.FONT)
entry = Entry()

while True:  # expect-note: loop-without-collect
    gauge.measure()
    entry.fill()
    careful.text = "Measured: {:7.1f}".format(sensor.value)
