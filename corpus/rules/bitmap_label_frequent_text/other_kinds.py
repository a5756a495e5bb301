# Labels of glyphs, and those whose bitmap the text does not decide: FRG301 speaks of them.
import board
import terminalio
from adafruit_display_text import label, scrolling_label, text_box

uart = board.UART()
glyphs = label.Label(terminalio.FONT)
scrolling = scrolling_label.ScrollingLabel(terminalio.FONT, max_characters=20)
box = text_box.TextBox(terminalio.FONT, 200, 100)

while True:  # expect-note: loop-without-collect
    glyphs.text = "Bytes that were received on the serial port since this start {}".format(uart.count)  # expect: repeated-label-text-change
    scrolling.text = "Bytes that were received on the serial port since this start {}".format(uart.count)  # expect: repeated-label-text-change
    box.text = "Bytes that were received on the serial port since this start {}".format(uart.count)  # expect: repeated-label-text-change
