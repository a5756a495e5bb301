"""Learning infrared receiver: measures pulses into an array, tries protocols, learns raw codes."""
import array
import time

from machine import Pin, time_pulse_us

MAX_PULSES = 70
GAP = 12000


def near(value, wanted, tolerance=25):
    return abs(value - wanted) * 100 <= wanted * tolerance


class Protocol:
    name = "?"
    header = ()
    bits = 0

    def decode(self, pulses):
        for value, wanted in zip(pulses, self.header):
            if not near(value, wanted):
                return None
        body = pulses[len(self.header):]
        if len(body) < self.bits:
            return None
        return self.value_of(body)

    def value_of(self, body):
        value = 0
        for width in body[: self.bits]:
            bit = self.bit(width)
            if bit is None:
                return None
            value = value << 1 | bit
        return value


class Nec(Protocol):
    name = "NEC"
    header = (9000,)
    bits = 32

    def bit(self, width):
        if near(width, 1690):
            return 1
        return 0 if near(width, 560) else None

    def value_of(self, body):
        value = super().value_of(body)
        if value is None:
            return None
        command, inverse = value >> 8 & 0xFF, value & 0xFF
        return value if command ^ inverse == 0xFF else None


class Sony(Protocol):
    name = "SIRC"
    header = (2400,)
    bits = 12

    def bit(self, width):
        return 1 if near(width, 1200) else 0 if near(width, 600) else None


class Raw(Protocol):
    name = "raw"

    def decode(self, pulses):
        if len(pulses) < 6:
            return None
        value = 0xCBF29CE484222325
        for before, after in zip(pulses, pulses[1:]):
            step = 2 if after > before * 5 // 4 else 0 if after < before * 4 // 5 else 1
            value = (value ^ step) * 0x100000001B3 & 0xFFFFFFFFFFFFFFFF
        return value


class Learner:
    def __init__(self, names):
        self.waiting = list(reversed(names))
        self.known = {}

    def seen(self, code):
        if code in self.known:
            return self.known[code]
        if not self.waiting:
            return None
        self.known[code] = name = self.waiting.pop()
        print("learned", name, code[0], hex(code[1]))
        return name


def capture(pin, pulses):
    """Fills the array, and returns how many widths there are."""
    count = 0
    while count < len(pulses):
        width = time_pulse_us(pin, 1, GAP)
        if width < 0:
            break
        pulses[count] = width
        count += 1
    return count


def decode(pulses, protocols):
    for protocol in protocols:
        value = protocol.decode(pulses)
        if value is not None:
            return protocol.name, value
    return None


protocols = [Nec(), Sony(), Raw()]
pin = Pin(15, Pin.IN)
learner = Learner(["power", "up", "down", "mute"])
buffer = array.array("H", [0] * MAX_PULSES)
presses = {}
last = None
while True:
    count = capture(pin, buffer)
    if count == 0:
        last = None
        time.sleep_ms(5)
        continue
    pulses = buffer[:count]
    code = decode(pulses, protocols)
    if code is None:
        print("noise:", count, list(pulses[:4]))
        continue
    if code == last:
        continue
    last = code
    name = learner.seen(code) or "{}:{:x}".format(*code)
    presses[name] = presses.get(name, 0) + 1
    print(name, presses[name], "of", sum(presses.values()))
