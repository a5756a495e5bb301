# An oven with dead time under a PID controller: floats, a deque as delay line, a strip chart in text.
from collections import deque, namedtuple

Gains = namedtuple("Gains", ("kp", "ki", "kd"))
Sample = namedtuple("Sample", ("t", "temp", "power"))


class Pid:
    def __init__(self, gains, low=0.0, high=100.0):
        self.gains = gains
        self.low, self.high = low, high
        self.setpoint = 20.0
        self.integral = 0.0
        self.last = None

    def update(self, measured, dt):
        error = self.setpoint - measured
        slope = 0.0 if self.last is None else (measured - self.last) / dt
        self.last = measured
        raw = self.gains.kp * error + self.gains.ki * self.integral - self.gains.kd * slope
        out = min(self.high, max(self.low, raw))
        if out == raw:  # no wind-up
            self.integral += error * dt
        return out


class Oven:
    AMBIENT = 20.0

    def __init__(self, delay):
        self.temp = self.AMBIENT
        self.line = deque((), delay)
        for _ in range(delay):
            self.line.append(0.0)

    def step(self, power, dt):
        arriving = self.line.popleft()
        self.line.append(power)
        self.temp += dt * (0.035 * arriving - 0.012 * (self.temp - self.AMBIENT))
        return self.temp


def simulate(gains, profile, dt=2):
    pid, oven = Pid(gains), Oven(3)
    history = []
    t = 0
    for until, target in profile:
        pid.setpoint = target
        while t < until:
            power = pid.update(oven.temp, dt)
            history.append(Sample(t, oven.step(power, dt), power))
            t += dt
    return history


def overshoot(history, target):
    return max(sample.temp for sample in history) - target


def settled(history, target, band=2.0):
    outside = [sample.t for sample in history if abs(sample.temp - target) > band]
    return outside[-1] + 2 if outside else 0


PROFILE = ((120, 150.0), (240, 180.0))
for gains in (Gains(4.0, 0.0, 0.0), Gains(3.0, 0.03, 0.0), Gains(3.0, 0.03, 12.0)):
    history = simulate(gains, PROFILE)
    first = history[:60]
    energy = sum(sample.power for sample in history) * 2 / 100
    print("kp={:.1f} ki={:.2f} kd={:<4.1f}".format(*gains), end=" ")
    print("overshoot {:+6.2f} settled {:3d}/{:3d} energy {:7.2f}".format(
        overshoot(first, 150.0), settled(first, 150.0), settled(history, 180.0), energy))

for sample in history[::10]:
    bar = "#" * int(sample.temp / 5)
    print("%4d s %7.2f C %5.1f %% |%s" % (sample.t, sample.temp, sample.power, bar))
coolest, hottest = min(history, key=lambda s: s.temp), max(history, key=lambda s: s.temp)
print(coolest.t, "%.3f" % coolest.temp, hottest.t, "%.3f" % hottest.temp)
print(len(history), history[-1].t, Gains(1, 2, kd=3))
