# One decoder, made once or when it is first needed, gets file after file.
import audiobusio
import audiomp3
import board
import keypad

speaker = audiobusio.I2SOut(board.D9, board.D10, board.D11)
keys = keypad.Keys((board.D5, board.D6), value_when_pressed=False)
decoder = audiomp3.MP3Decoder(open("/bell.mp3", "rb"))
voices = {}
mixer_source = None


def second_voice(path):
    global mixer_source
    if mixer_source is None:
        mixer_source = audiomp3.MP3Decoder(path)
    else:
        mixer_source.open(path)
    return mixer_source


def voice_of(name):
    if name not in voices:
        voices[name] = audiomp3.MP3Decoder("/%s.mp3" % name)
    return voices[name]


while True:
    event = keys.events.get()
    if event and event.pressed:
        decoder.file = open("/horn.mp3", "rb")
        speaker.play(decoder)
    elif event and event.key_number:
        speaker.play(second_voice("/bell.mp3"))
    elif event:
        speaker.play(voice_of("drum"))
