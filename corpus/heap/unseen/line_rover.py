"""Line following robot: five reflectance sensors, two motors on a DRV8833, bumper, and a small state machine."""
import time
from collections import deque

from machine import ADC, PWM, Pin

SENSORS = [ADC(n) for n in (26, 27, 28, 29, 30)]
WEIGHTS = (-2000, -1000, 0, 1000, 2000)
bumper = Pin(12, Pin.IN, Pin.PULL_UP)
start_button = Pin(20, Pin.IN, Pin.PULL_UP)


class Motor:
    def __init__(self, forward, backward, inverted=False):
        if inverted:
            forward, backward = backward, forward
        self.a = PWM(Pin(forward), freq=20000)
        self.b = PWM(Pin(backward), freq=20000)

    def drive(self, speed):
        """-100 to 100."""
        speed = max(-100, min(100, int(speed)))
        if speed >= 0:
            self.a.duty_u16(speed * 655)
            self.b.duty_u16(0)
        else:
            self.a.duty_u16(0)
            self.b.duty_u16(-speed * 655)


class Rover:
    IDLE, CALIBRATE, FOLLOW, LOST, BLOCKED = range(5)
    NAMES = ["idle", "calibrate", "follow", "lost", "blocked"]

    def __init__(self):
        self.left = Motor(2, 3)
        self.right = Motor(4, 5, inverted=True)
        self.state = Rover.IDLE
        self.since = 0
        self.low = [65535] * 5
        self.high = [0] * 5
        self.last_error = 0
        self.history = deque((), 20)

    def go(self, state):
        if state != self.state:
            self.history.append((self.state, self.since))
            print(Rover.NAMES[self.state], "->", Rover.NAMES[state], "after", self.since)
            self.state = state
            self.since = 0

    def drive(self, left, right):
        self.left.drive(left)
        self.right.drive(right)

    def read(self):
        values = [s.read_u16() for s in SENSORS]
        if self.state == Rover.CALIBRATE:
            self.low = [min(a, b) for a, b in zip(self.low, values)]
            self.high = [max(a, b) for a, b in zip(self.high, values)]
        return [(v - lo) * 1000 // max(1, hi - lo) for v, lo, hi in zip(values, self.low, self.high)]

    def position(self, values):
        total = sum(values)
        if total < 500:
            return None
        return sum(w * v for w, v in zip(WEIGHTS, values)) / total

    def step(self):
        self.since += 1
        values = self.read()
        if not bumper.value() and self.state in (Rover.FOLLOW, Rover.LOST):
            self.drive(0, 0)
            self.go(Rover.BLOCKED)
        elif self.state == Rover.IDLE:
            self.drive(0, 0)
            if not start_button.value():
                self.go(Rover.CALIBRATE)
        elif self.state == Rover.CALIBRATE:
            self.drive(30, -30)
            if self.since >= 8:
                self.go(Rover.FOLLOW)
        elif self.state == Rover.FOLLOW:
            error = self.position(values)
            if error is None:
                self.go(Rover.LOST)
            else:
                turn = error * 0.02 + (error - self.last_error) * 0.08
                self.last_error = error
                self.drive(60 + turn, 60 - turn)
        elif self.state == Rover.LOST:
            turn = 35 if self.last_error > 0 else -35
            self.drive(turn, -turn)
            if self.position(values) is not None:
                self.go(Rover.FOLLOW)
            elif self.since > 10:
                self.go(Rover.IDLE)
        elif self.state == Rover.BLOCKED:
            self.drive(-40, -40)
            if self.since > 4:
                self.go(Rover.LOST)


rover = Rover()
while True:
    rover.step()
    time.sleep_ms(10)
