"""Morse trainer: a straight key on D5, decoded text scrolls by; speed follows the operator."""
import time

import board
import digitalio

CODE = {
    ".-": "A", "-...": "B", "-.-.": "C", "-..": "D", ".": "E", "..-.": "F", "--.": "G", "....": "H",
    "..": "I", ".---": "J", "-.-": "K", ".-..": "L", "--": "M", "-.": "N", "---": "O", ".--.": "P",
    "--.-": "Q", ".-.": "R", "...": "S", "-": "T", "..-": "U", "...-": "V", ".--": "W", "-..-": "X",
    "-.--": "Y", "--..": "Z", "-----": "0", ".----": "1", "..---": "2", "...--": "3", "....-": "4",
    ".....": "5", "-....": "6", "--...": "7", "---..": "8", "----.": "9",
}
WIDTH = 16

key = digitalio.DigitalInOut(board.D5)
key.direction = digitalio.Direction.INPUT
key.pull = digitalio.Pull.UP
led = digitalio.DigitalInOut(board.D13)
led.direction = digitalio.Direction.OUTPUT

dot = 0.12
symbol = ""
text = ""
was_down = False
changed = 0.0
wrong = 0


def adjusted(dot, length, is_dash):
    """A little of what was just keyed goes into the length of a dot."""
    estimate = length / 3 if is_dash else length
    return min(0.4, max(0.04, dot * 0.8 + estimate * 0.2))


while True:
    now = time.monotonic()
    down = not key.value
    led.value = down
    length = now - changed
    if down != was_down:
        if not down:
            is_dash = length > 2 * dot
            symbol += "-" if is_dash else "."
            dot = adjusted(dot, length, is_dash)
        was_down = down
        changed = now
    elif not down and symbol and length > 2 * dot:
        letter = CODE.get(symbol)
        if letter is None:
            wrong += 1
            letter = "?"
        symbol = ""
        text += letter
        print(text[-WIDTH:], "%d wpm" % (1.2 / dot))
    elif not down and text and not text.endswith(" ") and length > 6 * dot:
        text += " "
    if len(text) > 4 * WIDTH:
        text = text[-WIDTH:]
    time.sleep(0.005)
