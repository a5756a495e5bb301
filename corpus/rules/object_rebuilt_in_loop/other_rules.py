# One fault, one finding: each of these has a rule that helps more.
import audiobusio
import audiomp3
import board
import displayio
import keypad

speaker = audiobusio.I2SOut(board.D9, board.D10, board.D11)
keys = keypad.Keys((board.D5,), value_when_pressed=False)
page = displayio.Bitmap(64, 64, 2)
board.DISPLAY.root_group = displayio.Group()

while True:
    scratch = displayio.Bitmap(128, 64, 4)  # expect: buffer-in-loop "fill it in place"
    scratch.fill(0)
    page.fill(scratch[0, 0])
    event = keys.events.get()
    if event:
        song = audiomp3.MP3Decoder(open("/song%d.mp3" % event.key_number, "rb"))  # expect: old-and-new-coexist "One decoder"
        speaker.play(song)
