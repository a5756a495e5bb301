# Mixer and decoder are made one after the other: their order is the program's.
import audiomixer
import audiomp3
import audiopwmio
import board

speaker = audiopwmio.PWMAudioOut(board.A0)
mixer = audiomixer.Mixer(voice_count=1, sample_rate=22050, channel_count=1)
speaker.play(mixer)
rain = audiomp3.MP3Decoder(open("/rain.mp3", "rb"))
mixer.voice[0].play(rain, loop=True)
