"""Fermentation chamber: PID on a heating mat, window of past errors, profile of set points, bang-bang cooling."""
import math
import time

from machine import ADC, Pin, PWM

PROFILE = [(0, 18.0), (40, 20.5), (80, 22.0), (120, 4.0)]
B = 3950.0


class Thermistor:
    def __init__(self, pin, r0=10_000, series=10_000):
        self.adc = ADC(Pin(pin))
        self.r0 = r0
        self.series = series

    @property
    def celsius(self):
        raw = self.adc.read_u16()
        if raw < 500 or raw > 65_000:
            raise ValueError("probe: {}".format(raw))
        ohms = self.series * raw / (65535 - raw)
        return 1 / (math.log(ohms / self.r0) / B + 1 / 298.15) - 273.15


class PID:
    def __init__(self, kp, ki, kd, limits=(0, 65535), window=12):
        self.kp, self.ki, self.kd = kp, ki, kd
        self.low, self.high = limits
        self.window = window
        self.errors = []
        self._setpoint = 0.0
        self.last = None

    @property
    def setpoint(self):
        return self._setpoint

    @setpoint.setter
    def setpoint(self, value):
        if abs(value - self._setpoint) > 1:
            self.errors = []
        self._setpoint = value

    def __call__(self, value):
        error = self._setpoint - value
        self.errors.append(error)
        if len(self.errors) > self.window:
            self.errors.pop(0)
        slope = 0 if self.last is None else value - self.last
        self.last = value
        out = self.kp * error + self.ki * sum(self.errors) - self.kd * slope
        return int(min(self.high, max(self.low, out)))

    def spread(self):
        if len(self.errors) < 2:
            return 0.0
        mean = sum(self.errors) / len(self.errors)
        return math.sqrt(sum((e - mean) ** 2 for e in self.errors) / (len(self.errors) - 1))


def wanted(minute, profile=PROFILE):
    before = profile[0]
    for after in profile[1:]:
        if minute < after[0]:
            share = (minute - before[0]) / (after[0] - before[0])
            return before[1] + share * (after[1] - before[1])
        before = after
    return before[1]


class Cooler:
    def __init__(self, pin, rest=5):
        self.pin = Pin(pin, Pin.OUT, value=0)
        self.rest = rest
        self.waiting = 0

    def update(self, is_hot):
        if self.waiting > 0:
            self.waiting -= 1
        elif is_hot != bool(self.pin.value()):
            self.pin.value(1 if is_hot else 0)
            self.waiting = self.rest
        return self.pin.value()


probe = Thermistor(28)
pid = PID(4200, 150.0, 900)
mat = PWM(Pin(15), freq=10)
cooler = Cooler(14)
minute = faults = 0
extremes = [None, None]
while True:
    try:
        now = probe.celsius
    except (ValueError, ZeroDivisionError) as e:
        faults += 1
        mat.duty_u16(0)
        print(e, "(%d)" % faults)
        continue
    pid.setpoint = wanted(minute)
    duty = pid(now)
    mat.duty_u16(duty)
    cold = cooler.update(now > pid.setpoint + 1.5)
    extremes = [now if extremes[0] is None else min(extremes[0], now), max(extremes[1] or now, now)]
    if minute % 5 == 0:
        print("%4d  %.2f/%.2f  duty %5.1f%% %s +-%.3f" % (minute, now, pid.setpoint, duty / 655.35, "cool" if cold else "", pid.spread()))
    minute += 1
    time.sleep(60)
