# A decoder for each of ten songs, and one for each press of a button.
import time

import audiomp3
import audiopwmio
import board
import digitalio

button = digitalio.DigitalInOut(board.D4)
button.switch_to_input(pull=digitalio.Pull.UP)
speaker = audiopwmio.PWMAudioOut(board.D5)

for number in range(10):
    song = audiomp3.MP3Decoder(open("/songs/%d.mp3" % number, "rb"))  # expect: "One decoder is enough"
    speaker.play(song)
    while speaker.playing:
        time.sleep(0.1)

while True:
    if not button.value and not speaker.playing:
        song = audiomp3.MP3Decoder(open("/songs/bell.mp3", "rb"))  # expect: "8,192"
        speaker.play(song)
    time.sleep(0.02)
