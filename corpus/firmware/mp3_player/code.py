# target: circuitpython/feather_m4_express
"""MP3 player with a 128x64 OLED: three buttons, a folder of songs, a volume knob."""
import gc
import os
import time

import adafruit_displayio_ssd1306
import analogio
import audioio
import audiomixer
import audiomp3
import board
import displayio
import i2cdisplaybus
import keypad
import terminalio
from adafruit_bitmap_font import bitmap_font
from adafruit_display_text import label

FOLDER = "/mp3/"
PREVIOUS, PLAY, NEXT = range(3)

displayio.release_displays()
bus = i2cdisplaybus.I2CDisplayBus(board.I2C(), device_address=0x3C)
display = adafruit_displayio_ssd1306.SSD1306(bus, width=128, height=64)
keys = keypad.Keys((board.D9, board.D6, board.D5), value_when_pressed=False)
knob = analogio.AnalogIn(board.A2)

font = bitmap_font.load_font("/fonts/Junction-regular-24.bdf")
font.load_glyphs(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 -")
title = label.Label(font, text="insert coin", x=0, y=14)
elapsed = label.Label(terminalio.FONT, text="0:00", x=0, y=54)
loudness = label.Label(terminalio.FONT, text="v   0", x=90, y=54)
screen = displayio.Group()
screen.append(title)
screen.append(elapsed)
screen.append(loudness)
display.root_group = screen


def songs_of(folder):
    names = [name for name in os.listdir(folder)
             if name.lower().endswith(".mp3") and not name.startswith(".")]
    names.sort()
    return names


songs = songs_of(FOLDER)

# One decoder for all songs: a new file is given to it, not a new decoder made.
decoder = audiomp3.MP3Decoder("/mp3/hello.mp3")  # expect-note: late-large-allocation
mixer = audiomixer.Mixer(voice_count=1, sample_rate=22050, channel_count=1,
                         bits_per_sample=16, samples_signed=True)
audio = audioio.AudioOut(board.A0)
audio.play(mixer)


def start(number):
    name = songs[number]
    decoder.file = open(FOLDER + name, "rb")
    mixer.voice[0].play(decoder)
    # Once a song.
    title.text = name[:-4]
    return time.monotonic()


def fade_out():
    level = mixer.voice[0].level
    for step in range(10, 0, -1):
        mixer.voice[0].level = level * step / 10
        time.sleep(0.02)
    mixer.voice[0].stop()


current = 0
playing = False
started = time.monotonic()
while True:
    event = keys.events.get()
    if event and event.pressed:
        if event.key_number == PLAY and playing:
            fade_out()
            playing = False
        else:
            if event.key_number == NEXT:
                current = (current + 1) % len(songs)
            elif event.key_number == PREVIOUS:
                current = (current - 1) % len(songs)
            started = start(current)
            playing = True
    elif playing and not mixer.voice[0].playing:
        current = (current + 1) % len(songs)
        started = start(current)

    level = knob.value / 65535
    mixer.voice[0].level = level
    # Nobody turns the knob for hours, but the last bit of it never stands still.
    loudness.text = "v {:3d}".format(int(level * 100))  # expect-note: repeated-label-text-change

    seconds = int(time.monotonic() - started) if playing else 0
    clock = "{}:{:02d}".format(seconds // 60, seconds % 60)
    if clock != elapsed.text:
        elapsed.text = clock

    if gc.mem_free() < 20000:
        gc.collect()
    time.sleep(0.05)
