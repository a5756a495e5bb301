# One of a few texts that lie ready: where it is the one that is shown, nothing is made.
import time

import board
import digitalio
import terminalio
from adafruit_display_text import label

door = digitalio.DigitalInOut(board.D5)
button = digitalio.DigitalInOut(board.D6)
names = ["off", "slow", "fast"]
door_line = label.Label(terminalio.FONT, y=10)
half_line = label.Label(terminalio.FONT, y=30)
speed_line = label.Label(terminalio.FONT, y=50)
score_line = label.Label(terminalio.FONT, y=70)
speed = 0
score = 0

while True:
    door_line.text = "The door is closed" if door.value else "The door is open"
    half = "before noon"
    if time.localtime().tm_hour >= 12:
        half = "in the afternoon"
    half_line.text = half
    speed_line.text = names[speed]
    score_line.text = score
    if not button.value:
        speed = (speed + 1) % 3
        score += 10
    time.sleep(0.05)
