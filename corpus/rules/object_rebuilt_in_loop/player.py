# A player with a menu: each pass plays one file to its end, with a decoder of its own.
import os
import time

import audiobusio
import audiomp3
import board
import keypad

speaker = audiobusio.I2SOut(board.D9, board.D10, board.D11)
keys = keypad.Keys((board.D5, board.D6), value_when_pressed=False)
names = [name for name in os.listdir("/music") if name.endswith(".mp3")]
chosen = 0

while True:
    event = keys.events.get()
    if event and event.key_number == 1:
        break
    with open("/music/" + names[chosen % len(names)], "rb") as data:
        with audiomp3.MP3Decoder(data) as song:  # expect: "every pass" "One decoder is enough"
            speaker.play(song)
            while speaker.playing:
                time.sleep(0.5)
                if keys.events.get():
                    speaker.stop()
    chosen += 1

speaker.deinit()
print("stopped")

voices = []
while len(voices) < 4:
    voices.append(audiomp3.MP3Decoder(open("/voice%d.mp3" % len(voices), "rb")))
