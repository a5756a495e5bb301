# A handler that starts the pass anew has no use for the old value; code after a handler that reads
# it makes a note of it; a decoder can read the next file.
import json
import time

import audiomp3
import board
import audiobusio

player = audiobusio.I2SOut(board.D1, board.D2, board.D3)
while True:
    try:
        with open("/state.json") as source:
            state = json.load(source)  # expect: "`state`" "size is not known"
    except OSError:
        time.sleep(5)
        continue
    print(state["mode"])
    try:
        with open("/songs.json") as source:
            songs = json.load(source)  # expect: "`songs`" "leave the pass where that fails"
    except OSError:
        print("no list")
    print(songs[0])
    decoder = audiomp3.MP3Decoder(open("/song.mp3", "rb"))  # expect: "`decoder.file = open(…)`"; large-allocation-without-collect
    player.play(decoder)
    while player.playing:
        time.sleep(1)
