"""Distance sensor of a water butt: a chain of filters (median, moving mean, exponential, slope limit), statistics in text."""
import array
import math
import time

from machine import ADC, Pin


def median(size):
    ring = []

    def step(value):
        ring.append(value)
        if len(ring) > size:
            del ring[0]
        ordered = sorted(ring)
        middle = len(ordered) // 2
        return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2

    return step


def mean(size):
    ring = array.array("f", [0.0] * size)
    count = at = 0

    def step(value):
        nonlocal count, at
        ring[at] = value
        at = (at + 1) % size
        count = min(count + 1, size)
        return sum(ring[i] for i in range(count)) / count

    return step


def exponential(alpha):
    state = None

    def step(value):
        nonlocal state
        state = value if state is None else state + alpha * (value - state)
        return state

    return step


def chain(*filters):
    def step(value):
        for one in filters:
            value = one(value)
        return value

    return step


class Limiter:
    def __init__(self, most):
        self.most = most
        self.before = None
        self.clipped = 0

    def __call__(self, value):
        if self.before is not None and abs(value - self.before) > self.most:
            self.clipped += 1
            value = self.before + math.copysign(self.most, value - self.before)
        self.before = value
        return value


class Statistics:
    """Welford's mean and variance, and a coarse histogram."""

    def __init__(self, edges):
        self.edges = edges
        self.bins = [0] * (len(edges) + 1)
        self.n = 0
        self.mean = self.m2 = 0.0

    def add(self, value):
        self.n += 1
        delta = value - self.mean
        self.mean += delta / self.n
        self.m2 += delta * (value - self.mean)
        self.bins[sum(value >= edge for edge in self.edges)] += 1

    @property
    def deviation(self):
        return math.sqrt(self.m2 / (self.n - 1)) if self.n > 1 else float("nan")

    def __str__(self):
        bars = ["#" * (10 * count // max(self.bins)) for count in self.bins]
        rows = ["{:>6}|{:<10}".format("<%d" % edge, bar) for edge, bar in zip(self.edges, bars)]
        return "\n".join(rows + ["mean %.1f +-%.2f" % (self.mean, self.deviation)])


def to_litres(cm, depth=100, radius=40):
    height = max(0.0, min(depth, depth - cm))
    return math.pi * radius ** 2 * height / 1000


def build(kind):
    builders = {
        "calm": lambda: chain(exponential(0.2)),
        "normal": lambda: chain(median(5), mean(8)),
        "rough": lambda: chain(median(7), Limiter(4.0), exponential(0.1)),
    }
    return builders.get(kind, builders["normal"])()


adc = ADC(Pin(36))
switch = Pin(4, Pin.IN)
modes = ["calm", "normal", "rough"]
mode = 1
smooth = build(modes[mode])
statistics = Statistics((20, 40, 60, 80))
samples = 0
while True:
    if switch.value():
        mode = (mode + 1) % len(modes)
        smooth = build(modes[mode])
        print("mode", modes[mode])
    raw = adc.read_u16()
    cm = smooth(raw / 65535 * 110)
    statistics.add(cm)
    samples += 1
    if samples % 8 == 0:
        print("%5.1f cm %6.0f l" % (cm, to_litres(cm)))
    if samples % 32 == 0:
        print(statistics)
        statistics = Statistics(statistics.edges)
    time.sleep_ms(100)
