# Two halves of 16 KiB behind the joining of the network, on a heap of 128.
import audiobusio
import audiomixer
import board
import wifi

wifi.radio.connect("shed", "correct horse")
speaker = audiobusio.I2SOut(board.A2, board.A1, board.A0)
mixer = audiomixer.Mixer(voice_count=1, sample_rate=22050, channel_count=1, buffer_size=32768)  # expect: "exactly 16,384 bytes" "above line 7"
speaker.play(mixer)
