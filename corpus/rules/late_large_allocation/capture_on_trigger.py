# The loop alone calls the function, and only when the button says so.
import array

import analogbufio
import board
import keypad

keys = keypad.Keys((board.D5,), value_when_pressed=False)
adc = analogbufio.BufferedIn(board.A1, sample_rate=20_000)


def capture():
    samples = array.array("H", [0] * 1500)  # expect-note: "only now and then" "exactly 3,000 bytes"
    adc.readinto(samples)
    return max(samples) - min(samples)


while True:
    event = keys.events.get()
    if event and event.pressed:
        print("peak to peak", capture())  # expect-note: missing-post-function-collect
