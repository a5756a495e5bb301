# A pass that runs a whole loop of its own, a game, before it sets the text again.
import board
import terminalio
from adafruit_display_text import label

game = board.GAME
score_line = label.Label(terminalio.FONT)

while True:
    lives = 3
    while lives > 0:
        lives -= game.play()
    score_line.text = "Game over, score {:6d}".format(game.score)
