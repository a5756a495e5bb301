# All of the family, by any spelling of the import, and a class made of one.
import board
import displayio
import terminalio
from adafruit_display_text import outlined_label, scrolling_label
from adafruit_display_text.bitmap_label import Label as BitmapLabel
from adafruit_display_text.label import Label
from adafruit_display_text.text_box import TextBox


class Caption(Label):
    def shout(self):
        self.color = 0xFF0000


page = displayio.Group()
board.DISPLAY.root_group = page

while True:
    page.append(BitmapLabel(terminalio.FONT, text="volts"))  # expect
    page.append(outlined_label.OutlinedLabel(terminalio.FONT, text="amps"))  # expect
    page.append(scrolling_label.ScrollingLabel(terminalio.FONT, text="all is well", max_characters=6))  # expect
    page.append(TextBox(terminalio.FONT, 60, 20, text="watts"))  # expect
    page.append(Caption(terminalio.FONT, text="ready"))  # expect: "at least"
    board.DISPLAY.refresh()
    while len(page):
        page.pop()
