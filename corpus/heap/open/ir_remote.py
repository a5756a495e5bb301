"""Decodes the codes of a cheap infrared remote (NEC) and steers a lamp with them."""
import board
import neopixel
import pulseio

ADDRESS = 0x00
BUTTONS = {
    0x45: "off",
    0x46: "white",
    0x47: "red",
    0x44: "green",
    0x40: "blue",
    0x07: "darker",
    0x15: "brighter",
}
COLORS = {
    "white": (255, 255, 255),
    "red": (255, 0, 0),
    "green": (0, 255, 0),
    "blue": (0, 0, 255),
}

pulsein = pulseio.PulseIn(board.GP7, maxlen=120, idle_state=True)
lamp = neopixel.NeoPixel(board.GP6, 8, brightness=0.5)


class DecodeError(Exception):
    pass


def bits_to_bytes(pulses):
    """Four bytes from the gaps behind the start: a long gap is a one."""
    if len(pulses) < 67:
        raise DecodeError("%d pulses are too few" % len(pulses))
    code = bytearray(4)
    for bit in range(32):
        if pulses[3 + 2 * bit] > 1000:
            code[bit // 8] |= 1 << (bit % 8)
    if code[2] ^ code[3] != 0xFF:
        raise DecodeError("wrong checksum")
    return code


def receive():
    pulses = []
    while len(pulses) < 120 and len(pulsein) > 0:
        pulses.append(pulsein.popleft())
        if pulses[-1] > 20000 or len(pulses) == 67:
            break
    return pulses


last = None
while True:
    pulses = receive()
    if not pulses:
        continue
    if len(pulses) == 3:
        button = last
    else:
        try:
            code = bits_to_bytes(pulses)
        except DecodeError as error:
            print("ignored:", error)
            continue
        button = BUTTONS.get(code[2]) if code[0] == ADDRESS else None
    last = button
    if button == "off":
        lamp.fill((0, 0, 0))
    elif button in COLORS:
        lamp.fill(COLORS[button])
    elif button == "brighter":
        lamp.brightness = min(1.0, lamp.brightness + 0.1)
    elif button == "darker":
        lamp.brightness = max(0.1, lamp.brightness - 0.1)
    print("button", button)
