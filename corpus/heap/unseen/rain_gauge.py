"""Tipping bucket and anemometer: pulses by interrupt, rings of deques per minute and hour, gusts."""
import time
from collections import OrderedDict, deque

from machine import Pin, lightsleep

MM_PER_TIP = 0.2794
KMH_PER_HZ = 2.4
PERIOD = 5


class Counter:
    def __init__(self, number):
        self.count = 0
        self.pin = Pin(number, Pin.IN, Pin.PULL_UP)
        self.pin.irq(handler=self.on_pulse, trigger=Pin.IRQ_FALLING)

    def on_pulse(self, pin):
        self.count += 1

    def take(self):
        count, self.count = self.count, 0
        return count


class Ring:
    """The last `size` values, with their sum kept as they come and go."""

    def __init__(self, size):
        self.items = deque((), size)
        self.size = size
        self.total = 0

    def push(self, value):
        if len(self.items) == self.size:
            self.total -= self.items.popleft()
        self.items.append(value)
        self.total += value

    def __len__(self):
        return len(self.items)

    def __iter__(self):
        for _ in range(len(self.items)):
            value = self.items.popleft()
            self.items.append(value)
            yield value

    @property
    def mean(self):
        return self.total / len(self.items) if self.items else 0


class Gust:
    def __init__(self, span=3):
        self.recent = deque([0] * span, span)
        self.most = 0

    def push(self, pulses):
        self.recent.append(pulses)
        speed = sum(self.recent) / len(self.recent) * KMH_PER_HZ
        self.most = max(self.most, speed)
        return speed


def beaufort(kmh):
    for force, limit in enumerate((1, 5, 11, 19, 28, 38, 49, 61, 74, 88, 102, 117)):
        if kmh <= limit:
            return force
    return 12


class Station:
    def __init__(self):
        self.rain = Counter(6)
        self.wind = Counter(7)
        self.minutes = Ring(12)
        self.hours = Ring(24)
        self.gust = Gust()
        self.histogram = OrderedDict()
        self.seconds = 0

    def second(self):
        self.seconds += 1
        speed = self.gust.push(self.wind.take())
        force = beaufort(speed)
        self.histogram[force] = self.histogram.get(force, 0) + 1
        if self.seconds % PERIOD == 0:
            self.minutes.push(self.rain.take())
        if self.seconds % (PERIOD * 12) == 0:
            self.hours.push(self.minutes.total)
            self.gust.most = 0

    def report(self):
        fields = [
            ("rain", "{:.2f}".format(self.minutes.total * MM_PER_TIP)),
            ("day", "{:.1f}".format(self.hours.total * MM_PER_TIP)),
            ("gust", "{:.0f}".format(self.gust.most)),
            ("bft", "/".join("%d:%d" % pair for pair in self.histogram.items())),
        ]
        return " ".join("=".join(pair) for pair in fields)

    def busiest(self):
        return max(self.minutes) if len(self.minutes) else None


station = Station()
while True:
    for _ in range(4):
        lightsleep(250)
    station.second()
    if station.seconds % 10 == 0:
        print(station.report(), station.busiest(), round(station.minutes.mean, 2))
