"""Alarm system: a door contact, a motion sensor and a code on a 4x4 matrix of keys."""
import time

from machine import Pin, PWM

KEYS = "123A456B789C*0#D"
CODE = "2580"
EXIT_DELAY = 3

rows = [Pin(number, Pin.OUT) for number in (2, 3, 4, 5)]
columns = [Pin(number, Pin.IN, Pin.PULL_DOWN) for number in (6, 7)]
door = Pin(10, Pin.IN, Pin.PULL_UP)
motion = Pin(11, Pin.IN)
siren = PWM(Pin(12))

DISARMED, LEAVING, ARMED, RINGING = range(4)
STATES = ("disarmed", "leaving", "armed", "ringing")


def scan():
    """The key that is down, or None."""
    found = None
    for r in range(len(rows)):
        rows[r].on()
        for c in range(len(columns)):
            if columns[c].value():
                found = KEYS[r * 4 + c]
        rows[r].off()
    return found


state = DISARMED
entered = ""
last_key = None
since = 0
while True:
    now = time.ticks_ms()
    before = state
    key = scan()
    if key != last_key:
        last_key = key
        if key == "*":
            entered = ""
        elif key is not None:
            entered = (entered + key)[-len(CODE) :]
        if entered == CODE:
            entered = ""
            state = LEAVING if state == DISARMED else DISARMED
            since = now
    if state == LEAVING and time.ticks_diff(now, since) > EXIT_DELAY * 1000:
        state = ARMED
    if state == ARMED and (door.value() or motion.value()):
        state = RINGING
    if state != before:
        siren.duty_u16(32768 if state == RINGING else 0)
        print("alarm system:", STATES[state], "at", now)
    time.sleep_ms(30)
