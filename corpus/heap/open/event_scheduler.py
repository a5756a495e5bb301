"""Several tasks take turns: each is a generator that yields how long it wants to wait."""
import time

from machine import ADC, Pin, PWM

led = Pin(25, Pin.OUT)
buzzer = PWM(Pin(15))
button = Pin(14, Pin.IN, Pin.PULL_UP)
sensor = ADC(26)
queue = []


def blink():
    while True:
        led.on()
        yield 50
        led.off()
        yield 450


def watch_button():
    held = 0
    while True:
        if button.value() == 0:
            held += 1
        elif held:
            queue.append("long" if held > 3 else "short")
            held = 0
        yield 20


def watch_sensor(limit):
    above = False
    while True:
        value = sensor.read_u16()
        if value > limit and not above:
            queue.append("alarm %d" % value)
        above = value > limit
        yield 100


def sound():
    while True:
        if not queue:
            yield 10
            continue
        what = queue.pop(0)
        print("sound for", what)
        tones = (440, 880) if what.startswith("alarm") else (660,)
        for tone in tones:
            buzzer.freq(tone)
            buzzer.duty_u16(32768)
            yield 30
            buzzer.duty_u16(0)
            yield 10


class Task:
    def __init__(self, name, generator):
        self.name = name
        self.generator = generator
        self.due = 0
        self.runs = 0


tasks = [
    Task("blink", blink()),
    Task("button", watch_button()),
    Task("sensor", watch_sensor(50000)),
    Task("sound", sound()),
]

while True:
    now = time.ticks_ms()
    for task in tasks:
        if time.ticks_diff(now, task.due) >= 0:
            wait = next(task.generator)
            task.due = time.ticks_add(now, wait)
            task.runs += 1
    time.sleep_ms(5)
