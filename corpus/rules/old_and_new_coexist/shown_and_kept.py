# Pictures that a list keeps on purpose, and a display that shows something else by then.
import adafruit_imageload
import board
import displayio
import keypad

display = board.DISPLAY
keys = keypad.Keys((board.D5, board.D6), value_when_pressed=False)
pages = []


def show_page(path):
    photo, colors = adafruit_imageload.load(path)
    pages.append(photo)
    page = displayio.Group()
    page.append(displayio.TileGrid(photo, pixel_shader=colors))
    display.show(page)


def show_or_hide(visible, page):
    if visible:
        drawing = displayio.Bitmap(240, 135, 4)
        page.append(displayio.TileGrid(drawing, pixel_shader=displayio.Palette(4)))
    else:
        page = displayio.Group()
        display.show(page)


while True:
    event = keys.events.get()
    if event and event.key_number == 0:
        show_page("/photos/tower.bmp")
    elif event:
        show_or_hide(event.pressed, displayio.Group())
