"""Door bell with tunes: RTTTL text from the serial port becomes square, triangle or sine samples for I2S."""
import math
import time
from array import array

from machine import I2S, Pin, UART

RATE = 8000
TABLE = 32
NOTES = "c c#d d#e f f#g g#a a#b ".upper()
BELLS = ["bell:d=4,o=5,b=160:8e,8c", "uhr:d=8,o=5,b=120:g,4e,p,16d#"]


def wave(kind):
    samples = array("h", bytes(2 * TABLE))
    for i in range(TABLE):
        if kind == "sine":
            level = math.sin(2 * math.pi * i / TABLE)
        elif kind == "triangle":
            level = 1 - abs(i / TABLE * 4 - 2)
        else:
            level = 1 if i < TABLE // 2 else -1
        samples[i] = int(level * 12000)
    return samples


def parse_note(text, default_length, default_octave):
    digits = ""
    while text and text[0].isdigit():
        digits += text[0]
        text = text[1:]
    if not text:
        raise ValueError("no note")
    name = text[0].upper()
    sharp = text[1:2] == "#"
    rest = text[2:] if sharp else text[1:]
    dotted = "." in rest
    rest = rest.replace(".", "")
    octave = int(rest) if rest else default_octave
    length = 1 / int(digits or default_length) * (1.5 if dotted else 1)
    if name == "P":
        return 0, length
    place = NOTES.find(name + ("#" if sharp else " "))
    if place < 0:
        raise ValueError("note %s" % name)
    semitones = place // 2 + 12 * (octave - 4) - 9
    return 440 * 2 ** (semitones / 12), length


class Tune:
    def __init__(self, text):
        self.name, settings, notes = [part.strip() for part in text.split(":")]
        values = {"d": 4, "o": 6, "b": 63}
        values.update((k, int(v)) for k, v in (one.split("=") for one in settings.split(",") if one))
        self.beat = 240 / values["b"]
        self.notes = [parse_note(one.strip(), values["d"], values["o"]) for one in notes.split(",")]

    @property
    def seconds(self):
        return sum(length for _, length in self.notes) * self.beat

    def __iter__(self):
        for frequency, length in self.notes:
            yield frequency, int(length * self.beat * RATE)


class Player:
    def __init__(self, output, size=64):
        self.output = output
        self.buffer = array("h", [0] * size)
        self.table = wave("sine")
        self.phase = 0
        self.sent = 0

    def play(self, tune, most=400):
        for frequency, samples in tune:
            step = int(frequency * TABLE * 65536 / RATE)
            left = min(samples, most)
            while left > 0:
                count = min(left, len(self.buffer))
                self.fill(step, count)
                self.sent += self.output.write(memoryview(self.buffer)[:count])
                left -= count

    def fill(self, step, count):
        buffer, table, phase = self.buffer, self.table, self.phase
        for i in range(count):
            buffer[i] = table[phase >> 16] if step else 0
            phase = (phase + step) % (TABLE << 16)
        self.phase = phase


uart = UART(1, baudrate=19200)
player = Player(I2S(0, sck=Pin(16), ws=Pin(17), sd=Pin(18), mode=I2S.TX, bits=16, format=I2S.MONO, rate=RATE, ibuf=2000))
tunes = {}
for text in BELLS:
    tune = Tune(text)
    tunes[tune.name] = tune
button = Pin(3, Pin.IN, Pin.PULL_UP)
chosen = "bell"
while True:
    line = uart.readline()
    if line:
        text = line.decode().strip()
        try:
            if text in tunes:
                chosen = text
            elif text.startswith("wave="):
                player.table = wave(text[5:])
            else:
                tune = Tune(text)
                tunes[tune.name] = tune
                print("%s: %d notes, %.2f s" % (tune.name, len(tune.notes), tune.seconds))
        except (ValueError, ZeroDivisionError, TypeError) as e:
            print("cannot play it:", e)
    if not button.value():
        player.play(tunes[chosen])
        print(chosen, player.sent)
