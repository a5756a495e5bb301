"""Four pads and a knob as a MIDI controller. Incoming notes light the pads."""
import analogio
import board
import keypad
import neopixel
import usb_midi

NOTES = (36, 38, 42, 46)
COLORS = ((255, 0, 0), (255, 120, 0), (0, 255, 0), (0, 80, 255))
OFF = (0, 0, 0)
CHANNEL = 9
KNOB_CC = 74

pads = keypad.Keys((board.D5, board.D6, board.D9, board.D10), value_when_pressed=False, pull=True)
knob = analogio.AnalogIn(board.A0)
pixels = neopixel.NeoPixel(board.NEOPIXEL, 4, brightness=0.3, auto_write=False)
midi_in = usb_midi.ports[0]
midi_out = usb_midi.ports[1]

message = bytearray(3)
incoming = bytearray(12)
event = keypad.Event()
last_knob = -1


def send(status, first, second):
    message[0] = status | CHANNEL
    message[1] = first
    message[2] = second
    midi_out.write(message)


def light_pads(count):
    for start in range(0, count - 2, 3):
        status = incoming[start] & 0xF0
        note = incoming[start + 1]
        if note in NOTES:
            pad = NOTES.index(note)
            on = status == 0x90 and incoming[start + 2] > 0
            pixels[pad] = COLORS[pad] if on else OFF
    pixels.show()


while True:
    if pads.events.get_into(event):
        pad = event.key_number
        if event.pressed:
            send(0x90, NOTES[pad], 100)
            pixels[pad] = COLORS[pad]
        else:
            send(0x80, NOTES[pad], 0)
            pixels[pad] = OFF
        pixels.show()
    position = knob.value >> 9
    if abs(position - last_knob) > 1:
        send(0xB0, KNOB_CC, position)
        last_knob = position
    received = midi_in.readinto(incoming)
    if received:
        light_pads(received)
