# Each press makes a decoder of its own, a local one, so that no name holds the last.
import audiobusio
import audiomp3
import board
import keypad

speaker = audiobusio.I2SOut(board.D9, board.D10, board.D11)
keys = keypad.Keys((board.D5, board.D6), value_when_pressed=False)
sounds = ("/bell.mp3", "/horn.mp3")


def play(path):
    decoder = audiomp3.MP3Decoder(open(path, "rb"))  # expect: "at least 8,192 bytes" "One decoder is enough" "`decoder.file"
    speaker.play(decoder)
    while speaker.playing:
        pass
    decoder.deinit()


while True:
    event = keys.events.get()
    if event and event.pressed:
        play(sounds[event.key_number])
