# Labels, shapes, bitmaps and fonts that a press makes: now and then is no harm.
import board
import displayio
import keypad
import terminalio
from adafruit_bitmap_font import bitmap_font
from adafruit_display_shapes.rect import Rect
from adafruit_display_text import label

keys = keypad.Keys((board.D5,), value_when_pressed=False)
page = displayio.Group()
board.DISPLAY.root_group = page


def open_dialog(question):
    dialog = displayio.Group()
    dialog.append(Rect(20, 20, 200, 80, fill=0x303030))  # expect-note: large-allocation-without-collect
    font = bitmap_font.load_font("/fonts/Arial-16.bdf")
    dialog.append(label.Label(font, text=question))
    dialog.append(label.Label(terminalio.FONT, text="yes / no", y=40))
    page.append(dialog)


while True:
    event = keys.events.get()
    if event is not None and event.pressed:
        while len(page):
            page.pop()
        open_dialog("Start?")
    if event and event.released:
        page.append(label.Label(terminalio.FONT, text="released"))
