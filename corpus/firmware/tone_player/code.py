"""Plays a scale. The wave of each tone is made when it is first needed."""
import array
import math
import time

import audiocore
import audiopwmio
import board
import digitalio

RATE = 16000
AMPLITUDE = 0.4

audio = audiopwmio.PWMAudioOut(board.SPEAKER)
button = digitalio.DigitalInOut(board.BUTTON)


def sine(frequency):
    """One period of a sine wave: it stays as long as the sample that plays it."""
    length = RATE // frequency
    wave = array.array("H", [0] * length)
    for i in range(length):
        wave[i] = int((1 + math.sin(2 * math.pi * i / length)) * AMPLITUDE * 32767)
    return audiocore.RawSample(wave)


def loudness_table():
    table = array.array("H", [0] * 4096)
    for i in range(4096):
        table[i] = int(65535 * (i / 4095) ** 2)
    return table


# The curve is only looked at while the volume is found; then its room is wanted for the tones.
curve = loudness_table()
volume = curve[2048]
curve = None  # expect: del-without-collect "exactly 8,208 bytes"
click = array.array("H", [volume] * 2000)

first = bytearray(3000)
second = bytearray(3000)
for i in range(3000):
    first[i] = i & 0xFF
    second[i] = 255 - first[i]
print("checked", sum(first) + sum(second))
del first
del second  # expect: del-without-collect "exactly 6,048 bytes"
tones = [sine(frequency) for frequency in (262, 294, 330, 349, 392, 440, 494, 523)]

audio.play(audiocore.RawSample(click))
while True:
    for tone in tones:
        audio.play(tone, loop=True)
        time.sleep(0.25)
        audio.stop()
    if not button.value:
        # Asked for by hand: a longer tone, made when it is wanted.
        long_tone = array.array("H", [0] * 2000)
        audio.play(audiocore.RawSample(long_tone), loop=True)
        time.sleep(2)
        audio.stop()
