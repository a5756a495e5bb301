# Before CircuitPython 9 a display was told what to show by a call.
import adafruit_imageload
import board
import displayio
import keypad

display = board.DISPLAY
keys = keypad.Keys((board.D5,), value_when_pressed=False)


class Frame:
    def __init__(self):
        self.picture = None

    def show_photo(self, path):
        photo, colors = adafruit_imageload.load(path)  # expect: "still shows the last picture" "Let it show None"
        self.picture = (photo, colors)
        page = displayio.Group()
        page.append(displayio.TileGrid(photo, pixel_shader=colors))
        display.show(page)


frame = Frame()
while True:
    event = keys.events.get()
    if event and event.pressed:
        frame.show_photo("/photos/harbor.bmp")
