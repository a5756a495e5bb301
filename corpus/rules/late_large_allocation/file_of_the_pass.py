# Which file it decodes is known in the loop only.
import os

import audiomp3
import board
import audioio

speaker = audioio.AudioOut(board.A0)
decoder = None

while True:
    for name in os.listdir("/music"):
        if decoder is None:
            decoder = audiomp3.MP3Decoder("/music/" + name)
        else:
            decoder.open("/music/" + name)
        speaker.play(decoder)
