# === each five seconds
import time

last = time.monotonic()
while True:  # loop: endless
    if time.monotonic() - last > 5:
        here()  # pass: timer 5
        last = time.monotonic()
    here()  # pass: every

# === now is read first
import time

INTERVAL = 60
last = 0
while True:  # loop: endless
    now = time.monotonic()
    if now - last >= INTERVAL:
        last = now
        here()  # pass: timer 60

# === the sum on the other side, with nanoseconds
import time

last = time.monotonic_ns()
while True:  # loop: endless
    if time.monotonic_ns() > last + 250000000:
        here()  # pass: timer 0.25
        last = time.monotonic_ns()

# === the elapsed time has a name
import time

start = time.monotonic()
while True:  # loop: endless
    elapsed = time.monotonic() - start
    if elapsed < 10:
        here()  # pass: event
    else:
        start = time.monotonic()
        here()  # pass: timer 10

# === milliseconds that wrap
from adafruit_ticks import ticks_ms, ticks_add, ticks_diff

clock = ticks_ms()
while True:  # loop: endless
    if ticks_diff(ticks_ms(), clock) >= 1000:
        here()  # pass: timer 1
        clock = ticks_add(clock, 1000)

# === MicroPython's
import time

due = time.ticks_add(time.ticks_ms(), 2000)
while True:  # loop: endless
    if time.ticks_diff(due, time.ticks_ms()) <= 0:
        due = time.ticks_add(time.ticks_ms(), 2000)
        here()  # pass: timer 2

# === the next time is stored
import time

next_time = 0
while True:  # loop: endless
    now = time.monotonic()
    if now >= next_time:
        next_time = now + 30
        here()  # pass: timer 30

# === the stored time steps on
import time

next_time = time.monotonic()
while True:  # loop: endless
    if time.monotonic() >= next_time:
        next_time += 0.5
        here()  # pass: timer 0.5

# === a first time without a stored one
import time

refreshed = None
while True:  # loop: endless
    if (not refreshed) or (time.monotonic() - refreshed) > 3600:
        try:
            here()  # pass: timer 3600
            refreshed = time.monotonic()
        except RuntimeError:
            continue
    here()  # pass: every

# === a button may shorten it
import time

last = 0
while True:  # loop: endless
    if button.value or time.monotonic() - last > 10:
        last = time.monotonic()
        here()  # pass: timer 10

# === in a mode
import time

active = False
last = 0
while True:  # loop: endless
    if button.value:
        active = not active
    if active:
        if time.monotonic() - last > 1:
            last = time.monotonic()
            here()  # pass: timer 1
    if active and time.monotonic() - shown > 2:
        shown = time.monotonic()
        here()  # pass: timer 2

# === on an event
import time

last = 0
while True:  # loop: endless
    if button.value and time.monotonic() - last > 0.2:
        last = time.monotonic()
        here()  # pass: event

# === a guard by continue
import time

last = 0
while True:  # loop: endless
    if time.monotonic() - last < 5:
        continue
    here()  # pass: timer 5
    last = time.monotonic()

# === the branch does not advance it: a deadline
import time

start = time.monotonic()
while True:  # loop: endless
    if time.monotonic() - start > 5:
        here()  # pass: event

# === the branch advances it sometimes
import time

last = 0
while True:  # loop: endless
    now = time.monotonic()
    if now >= last + 0.5:
        here()  # pass: timer
        if screen.touched:
            last = now
            here()  # pass: event

# === each pass sets it: time between passes
import time

last = time.monotonic()
while True:  # loop: endless
    now = time.monotonic()
    if now - last > 0.1:
        here()  # pass: event
    last = now

# === an interval that changes
import time

interval = 5
last = 0
while True:  # loop: endless
    if button.value:
        interval = 60
    if time.monotonic() - last > interval:
        last = time.monotonic()
        here()  # pass: timer 5

# === an interval that nobody knows
import time
from settings import interval

last = 0
while True:  # loop: endless
    if time.monotonic() - last > interval:
        last = time.monotonic()
        here()  # pass: timer

# === two timers, one in the other
import time

fast = 0
slow = 0
while True:  # loop: endless
    now = time.monotonic()
    if now - fast > 1:
        fast = now
        here()  # pass: timer 1
        if now - slow > 60:
            slow = now
            here()  # pass: timer 60

# === on self, scaled
import time


class Clock:
    def __init__(self):
        self.last = 0

    def run(self):
        while True:  # loop: endless
            now = time.monotonic() * 1000
            if now - self.last > 500:
                self.last = now
                here()  # pass: timer 0.5


Clock().run()

# === an attribute of another object
import time

while True:  # loop: endless
    if time.monotonic() - player.moved > 3:
        player.moved = time.monotonic()
        here()  # pass: timer 3

# === a called function advances it
import time

last = 0


def refresh():
    global last
    last = time.monotonic()
    draw()


while True:  # loop: endless
    if time.monotonic() - last > 5:
        here()  # pass: timer 5
        refresh()

# === a change of the second is an event
import time

second = -1
while True:  # loop: endless
    now = time.localtime()
    if now.tm_sec != second:
        second = now.tm_sec
        here()  # pass: event

# === after a while only
import time

pressed_at = 0
while True:  # loop: endless
    if button.value:
        pressed_at = time.monotonic()
    if time.monotonic() - pressed_at < 2:
        here()  # pass: event

# === catching up
import time

last = time.monotonic()
while True:  # loop: endless
    while time.monotonic() - last > 0.02:  # loop: repeating
        last += 0.02
        here()  # pass: timer 0.02, inner: every

# === an event may make it due at once
import time

INTERVAL = 2
due = time.monotonic()
while True:  # loop: endless
    now = time.monotonic()
    if button.fell:
        due = now
    if due < now:
        here()  # pass: timer 2
        due = due + INTERVAL
