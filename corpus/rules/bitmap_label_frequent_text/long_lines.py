# 60 characters of 6 pixels make rows of 23 words, in 12 rows: 1,104 bytes, and no list of
# `label.Label` for the same text is nearly as long.
import board
import terminalio
from adafruit_display_text import bitmap_label, outlined_label
from adafruit_display_text.bitmap_label import Label as PictureLabel

uart = board.UART()
sensor = board.SENSOR
line = bitmap_label.Label(terminalio.FONT)
other = PictureLabel(terminalio.FONT)
outlined = outlined_label.OutlinedLabel(terminalio.FONT, outline_color=0)
rows = [bitmap_label.Label(terminalio.FONT, y=20 * row) for row in range(3)]


def show(value):
    other.text = "The last complete line that came in over the serial port is: " + str(value)  # expect


class Panel:
    def __init__(self):
        self.line = bitmap_label.Label(terminalio.FONT)

    def update(self):
        self.line.text = f"Temperature in the greenhouse, measured every now and then: {sensor.value}"  # expect


panel = Panel()

while True:  # expect-note: loop-without-collect
    line.text = "Bytes that were received on the serial port since this start {}".format(uart.count)  # expect: "at least 1,104 bytes" "many shorter runs"
    show(uart.line)
    panel.update()
    outlined.text = "Bytes that were received on the serial port since this start %s" % uart.count  # expect
    rows[1].text = "Bytes that were received on the serial port since this start " + str(uart.count)  # expect
    for index in range(3):
        rows[index].text = f"Row {index} of the bytes received on the serial port since start: {uart.count}"  # expect
