"""Stair lights: animation objects on parts of a strip, a scheduler of due times, scenes by motion."""
import heapq
import random
import time

from machine import ADC, Pin
from neopixel import NeoPixel

COUNT = 36
strip = NeoPixel(Pin(4), COUNT)


def scale(color, level):
    return tuple(part * level >> 8 for part in color)


def wheel(position):
    position &= 255
    if position < 85:
        return (255 - position * 3, position * 3, 0)
    if position < 170:
        position -= 85
        return (0, 255 - position * 3, position * 3)
    position -= 170
    return position * 3, 0, 255 - position * 3


class Segment:
    def __init__(self, first, length):
        self.first = first
        self.length = length

    def __len__(self):
        return self.length

    def __setitem__(self, index, color):
        if index < 0:
            index += self.length
        if not 0 <= index < self.length:
            raise IndexError(index)
        strip[self.first + index] = color


class Animation:
    interval = 40

    def __init__(self, segment):
        self.segment = segment
        self.step = 0

    def paint(self):
        raise NotImplementedError

    def tick(self):
        self.paint()
        self.step += 1
        return self.interval

    def fill(self, color):
        for i in range(len(self.segment)):
            self.segment[i] = color


class Rainbow(Animation):
    def paint(self):
        for i in range(len(self.segment)):
            self.segment[i] = wheel(self.step * 4 + i * 256 // len(self.segment))


class Comet(Animation):
    interval = 25

    def __init__(self, segment, color, tail=4):
        super().__init__(segment)
        self.color = color
        self.levels = [256 >> k for k in range(tail)]

    def paint(self):
        self.fill((0, 0, 0))
        head = self.step % len(self.segment)
        for back, level in enumerate(self.levels):
            if head - back >= 0:
                self.segment[head - back] = scale(self.color, level)


class Breathe(Animation):
    def __init__(self, segment, color):
        super().__init__(segment)
        self.color = color

    @property
    def level(self):
        phase = self.step % 64
        return (phase if phase < 32 else 63 - phase) * 8

    def paint(self):
        self.fill(scale(self.color, self.level))


class Scheduler:
    def __init__(self):
        self.queue = []
        self.added = 0

    def add(self, animation, due):
        self.added += 1
        heapq.heappush(self.queue, (due, self.added, animation))

    def run(self, now):
        painted = 0
        while self.queue and self.queue[0][0] <= now:
            due, _, animation = heapq.heappop(self.queue)
            self.add(animation, now + animation.tick())
            painted += 1
        if painted:
            strip.write()
        return painted

    def clear(self):
        self.queue.clear()


def idle():
    return [Breathe(Segment(0, COUNT), (0, 0, 40))]


def walking():
    third = COUNT // 3
    return [Comet(Segment(i * third, third), wheel(i * 80)) for i in range(3)]


def party():
    return [Rainbow(Segment(0, 24)), Comet(Segment(24, 12), (255, 255, 255), tail=6)]


SCENES = [idle, walking, party]
motion = Pin(5, Pin.IN)
knob = ADC(26)
scheduler = Scheduler()
current = None
while True:
    now = time.ticks_ms()
    wanted = SCENES[2] if knob.read_u16() > 60000 else SCENES[motion.value()]
    if wanted is not current:
        scheduler.clear()
        for animation in wanted():
            scheduler.add(animation, now)
        current = wanted
        print("scene", wanted.__name__)
    scheduler.run(now)
