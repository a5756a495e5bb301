# The halves of the mixer's buffer come after the texts of the screen.
import audiomixer
import audiopwmio
import board
import displayio
import terminalio
from adafruit_display_text import label

RATE = 22050

group = displayio.Group()
for row in range(5):
    group.append(label.Label(terminalio.FONT, text="voice", y=12 * row))
board.DISPLAY.root_group = group
speaker = audiopwmio.PWMAudioOut(board.A0)
mixer = audiomixer.Mixer(voice_count=2, sample_rate=RATE, channel_count=1, buffer_size=8192)  # expect-note: "exactly 4,096 bytes" "above line 12"
speaker.play(mixer)
