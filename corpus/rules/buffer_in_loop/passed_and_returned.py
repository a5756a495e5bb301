# Lengths that come with an argument, and buffers that a function returns to its loop.
import array
import time

from machine import ADC, Pin

adc = ADC(Pin(26))
SAMPLES = 256
sound = array.array("h", [0] * SAMPLES)
kept = []


def listen():
    for i in range(SAMPLES):
        sound[i] = adc.read_u16() >> 8


def power(samples):
    n = len(samples)
    real = samples[:]  # expect-note: "exactly 512 bytes of it in one run"
    imag = array.array("h", [0] * n)  # expect-note: "exactly 1,024 bytes"
    return sum(real) + sum(imag)


def take():
    block = array.array("H", [0] * SAMPLES)  # expect-note: "outside this function"
    for i in range(SAMPLES):
        block[i] = adc.read_u16()
    return block


def take_for_keeps():
    block = array.array("H", [0] * SAMPLES)
    block[0] = adc.read_u16()
    return block


def packet(length):
    return bytearray(length)


while True:
    listen()
    print(power(sound))
    block = take()
    print(max(block))
    kept.append(take_for_keeps())
    answer = packet(adc.read_u16())
    print(answer[0])
    time.sleep(0.1)
