"""
Reflow oven controller.
MAX31855 thermocouple amplifier on SPI, solid state relay with a one second window, PID with profile.
"""
import time
from machine import Pin, SPI

PROFILES = {
    "leaded": ((100, 60), (150, 60), (183, 30), (215, 20), (215, 15), (50, 60)),
    "leadfree": ((120, 60), (175, 60), (217, 30), (245, 20), (245, 15), (50, 60)),
}


class SensorError(Exception):
    pass


class MAX31855:
    def __init__(self, spi, cs):
        self._spi = spi
        self._cs = cs
        self._data = bytearray(4)

    def read(self):
        self._cs.value(0)
        self._spi.readinto(self._data)
        self._cs.value(1)
        raw = self._data[0] << 8 | self._data[1]
        if raw & 1:
            raise SensorError("fault %d" % (self._data[3] & 7))
        raw >>= 2
        if raw & 0x2000:
            raw -= 16384
        return raw * 0.25


class PID:
    def __init__(self, kp, ki, kd, low, high):
        self.kp, self.ki, self.kd = kp, ki, kd
        self.low, self.high = low, high
        self.integral = 0.0
        self.last = None

    def update(self, target, value):
        error = target - value
        self.integral = min(self.high, max(self.low, self.integral + error * self.ki))
        slope = 0.0 if self.last is None else value - self.last
        self.last = value
        out = self.kp * error + self.integral - self.kd * slope
        return min(self.high, max(self.low, out))


def setpoints(profile, start):
    """One target each second until the profile is over."""
    before = start
    for target, seconds in profile:
        for second in range(1, seconds + 1):
            yield before + (target - before) * second / seconds
        before = target


def run(name, oven, relay):
    pid = PID(4.0, 0.05, 20.0, 0, 100)
    curve = []
    faults = 0
    value = oven.read()
    for target in setpoints(PROFILES[name], value):
        try:
            value = oven.read()
            faults = 0
        except SensorError as e:
            faults += 1
            if faults > 3:
                relay.value(0)
                raise e
        power = pid.update(target, value)
        relay.value(1)
        time.sleep_ms(int(power * 10))
        relay.value(0)
        time.sleep_ms(1000 - int(power * 10))
        curve.append((target, value))
        if len(curve) % 5 == 0:
            print("%3d s  target %5.1f  is %5.1f  power %3d %%" % (len(curve), target, value, power))
    return curve


oven = MAX31855(SPI(0, baudrate=5000000, sck=Pin(18), miso=Pin(16)), Pin(17, Pin.OUT, value=1))
relay = Pin(15, Pin.OUT, value=0)
button = Pin(14, Pin.IN, Pin.PULL_UP)
kind = Pin(13, Pin.IN, Pin.PULL_UP)

while True:
    if button.value():
        time.sleep_ms(50)
        continue
    try:
        curve = run("leadfree" if kind.value() else "leaded", oven, relay)
        worst = max(abs(target - value) for target, value in curve)
        print("done, worst deviation", worst)
    except SensorError as e:
        print("aborted:", e)
