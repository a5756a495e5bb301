# Ultrasonic radar: HC-SR04 on a servo, 0..180 degrees in steps of 10.
# Prints a line per sweep for the Processing sketch on the PC.
from machine import Pin, PWM, time_pulse_us
import time

TRIG = Pin(3, Pin.OUT)
ECHO = Pin(2, Pin.IN)
servo = PWM(Pin(15))
servo.freq(50)

STEP = 10
ANGLES = list(range(0, 181, STEP))
MAX_CM = 200
TOO_CLOSE = 20


def set_angle(deg):
    us = 500 + deg * 2000 // 180
    servo.duty_u16(us * 65535 // 20000)


def ping():
    TRIG.value(0)
    time.sleep_us(2)
    TRIG.value(1)
    time.sleep_us(10)
    TRIG.value(0)
    t = time_pulse_us(ECHO, 1, 30000)
    if t < 0:
        return None
    cm = t / 58
    return cm if cm <= MAX_CM else None


def measure(samples=3):
    """Median of a few pings; None if nothing came back."""
    got = []
    for _ in range(samples):
        d = ping()
        if d is not None:
            got.append(d)
        time.sleep_ms(20)
    if not got:
        return None
    got.sort()
    return got[len(got) // 2]


background = [None] * len(ANGLES)


def sweep(order):
    result = {}
    for i in order:
        set_angle(ANGLES[i])
        time.sleep_ms(60)
        d = measure()
        result[ANGLES[i]] = d
        if d is not None and background[i] is None:
            background[i] = d
        elif d is not None:
            background[i] = background[i] * 0.9 + d * 0.1
    return result


def report(result):
    parts = []
    for angle in sorted(result):
        d = result[angle]
        parts.append("{}:{}".format(angle, "-" if d is None else round(d)))
    print(",".join(parts))


forward = True
while True:
    order = range(len(ANGLES)) if forward else range(len(ANGLES) - 1, -1, -1)
    result = sweep(order)
    report(result)
    near = [a for a in result if result[a] is not None and result[a] < TOO_CLOSE]
    if near:
        print("WARNING: object at", near)
    forward = not forward
