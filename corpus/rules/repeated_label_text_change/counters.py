# What counts with the passes is another text on each; what a stick moves, or the state of a game,
# or of a phone, is not.
import time

import board
import terminalio
from adafruit_ble_apple_media import AppleMediaService
from adafruit_display_text import label
from game_logic import GameLogic

stick = board.STICK
game = GameLogic(9, 9)
phone = AppleMediaService()
frames = 0
choice = 0
frames_line = label.Label(terminalio.FONT)
left_line = label.Label(terminalio.FONT, y=20)
choice_line = label.Label(terminalio.FONT, y=40)
hour_line = label.Label(terminalio.FONT, y=60)
mines_line = label.Label(terminalio.FONT, y=80)
song_line = label.Label(terminalio.FONT, y=100)
left = 100000


def direction():
    if stick.up:
        return 1
    if stick.down:
        return -1
    return 0


while True:  # expect-note: loop-without-collect
    frames += 1
    frames_line.text = f"Frames drawn: {frames:6d}"  # expect: "every pass"
    left -= 1
    left_line.text = "Still to come: {:6d}".format(left)  # expect: "every pass"
    choice += direction()
    choice_line.text = "Choice number {:3d}".format(choice)  # expect-note: "changes seldom"
    hour = time.localtime().tm_hour
    hour -= 1
    hour_line.text = "An hour ago: {:2d} o'clock".format(hour)  # expect-note: "changes seldom"
    mines_line.text = f"Mines that are left: {game.mines_left:3d}"  # expect-note: "every pass"
    song_line.text = "Now you are listening to {}".format(phone.title)  # expect-note
    time.sleep(0.05)
