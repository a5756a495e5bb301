"""A small organ: eight keys, sine tables per note, mixed in 16 bit and played over I2S."""
import array
import math

from machine import I2S, Pin

RATE = 11025
BUFFER = 256
NOTES = (262, 294, 330, 349, 392, 440, 494, 523)
PINS = (2, 3, 4, 5, 6, 7, 8, 9)
MAX_VOICES = 4

audio = I2S(0, sck=Pin(16), ws=Pin(17), sd=Pin(18), mode=I2S.TX, bits=16, format=I2S.MONO, rate=RATE, ibuf=2048)
keys = [Pin(n, Pin.IN, Pin.PULL_UP) for n in PINS]


def make_wave(length, overtones):
    table = array.array("h")
    for i in range(length):
        angle = 2 * math.pi * i / length
        value = 0
        for n, amount in enumerate(overtones):
            value += amount * math.sin(angle * (n + 1))
        table.append(int(value * 6000))
    return table


class Voice:
    def __init__(self, frequency):
        self.frequency = frequency
        self.wave = make_wave(RATE // frequency, (1.0, 0.4, 0.2))
        self.position = 0
        self.level = 0

    def add_to(self, samples, pressed):
        if pressed:
            self.level = min(64, self.level + 16)
        else:
            self.level = self.level * 3 // 4
        wave = self.wave
        position = self.position
        length = len(wave)
        for i in range(len(samples)):
            samples[i] += wave[position] * self.level >> 8
            position += 1
            if position == length:
                position = 0
        self.position = position


voices = [Voice(f) for f in NOTES]
samples = array.array("h", bytearray(BUFFER * 2))
view = memoryview(samples)
played = 0

while True:
    down = [i for i in range(len(keys)) if not keys[i].value()]
    if len(down) > MAX_VOICES:
        down = down[-MAX_VOICES:]
    for i in range(BUFFER):
        samples[i] = 0
    sounding = 0
    for i, voice in enumerate(voices):
        pressed = i in down
        if pressed or voice.level:
            voice.add_to(samples, pressed)
            sounding += 1
    written = audio.write(view)
    played += written
    if sounding > 2:
        print("chord of", sounding, [NOTES[i] for i in down])
