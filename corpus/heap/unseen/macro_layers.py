"""A macro pad for USB: three layers of chords, a modifier key, a long press on it changes the layer."""
import time

import board
import keypad
import neopixel
import usb_hid
from adafruit_hid.keyboard import Keyboard
from adafruit_hid.keycode import Keycode as K

LONG = 0.6
SHIFT_KEY = 5

LAYERS = [
    ("edit", (0, 60, 0), {0: (K.LEFT_CONTROL, K.C), 1: (K.LEFT_CONTROL, K.V), 2: (K.LEFT_CONTROL, K.X), 3: (K.LEFT_CONTROL, K.Z), 4: (K.LEFT_CONTROL, K.S)}),
    ("debug", (60, 0, 0), {0: (K.F5,), 1: (K.LEFT_SHIFT, K.F5), 2: (K.LEFT_CONTROL, K.LEFT_SHIFT, K.F5), 4: (K.ESCAPE,)}),
    ("windows", (0, 0, 60), {0: (K.LEFT_ALT, K.TAB), 1: (K.LEFT_ALT, K.LEFT_SHIFT, K.TAB), 3: (K.LEFT_CONTROL, K.F)}),
]

keyboard = Keyboard(usb_hid.devices)
keys = keypad.Keys((board.GP0, board.GP1, board.GP2, board.GP3, board.GP4, board.GP5), value_when_pressed=False, pull=True)
lights = neopixel.NeoPixel(board.GP6, 6, brightness=0.2, auto_write=False)


def paint(layer):
    name, color, chords = LAYERS[layer]
    for number in range(keys.key_count):
        lights[number] = color if number in chords else (0, 0, 0)
    lights[SHIFT_KEY] = (30, 30, 30)
    lights.show()
    print("layer", name)


layer = 0
held_since = None
pressed = []
strokes = {}
paint(layer)
while True:
    event = keys.events.get()
    now = time.monotonic()
    if event is None:
        if held_since is not None and now - held_since > LONG:
            held_since = None
            layer = (layer + 1) % len(LAYERS)
            paint(layer)
        time.sleep(0.01)
        continue
    number = event.key_number
    if number == SHIFT_KEY:
        held_since = now if event.pressed else None
        continue
    chord = LAYERS[layer][2].get(number)
    if chord is None:
        continue
    if event.pressed:
        pressed.append(number)
        keyboard.press(*chord)
        label = LAYERS[layer][0] + str(number)
        strokes[label] = strokes.get(label, 0) + 1
        lights[number] = (255, 255, 255)
    elif number in pressed:
        pressed.remove(number)
        if pressed:
            keyboard.release(*chord)
        else:
            keyboard.release_all()
            print(sum(strokes.values()), "strokes, most:", max(strokes, key=lambda one: strokes[one]))
        lights[number] = LAYERS[layer][1]
    lights.show()
