# The `text` of other things, and ways of portals to show text, which collect by themselves.
import board
from adafruit_button import Button
from adafruit_pyportal import PyPortal
import adafruit_requests

knob = board.KNOB
session = adafruit_requests.Session(board.POOL)
portal = PyPortal(text_position=(4, 4))
button = Button(x=0, y=0, width=80, height=40, label="go")


class Page:
    def __init__(self):
        self.text = ""


page = Page()
window = board.WINDOW

while True:
    portal.set_text("Position {:5d}".format(knob.value))
    page.text = "Position {:5d}".format(knob.value)
    window.text = "Position {:5d}".format(knob.value)
    button.label = "Position {:5d}".format(knob.value)
