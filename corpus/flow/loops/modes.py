# === a constant of the program
PLUGGED = True
while True:  # loop: endless
    if PLUGGED:
        here()  # pass: mode
    else:
        here()  # pass: mode
    here()  # pass: every

# === a mode that a button changes
mode = 0
while True:  # loop: endless
    if button.value:
        mode = mode + 1
        here()  # pass: event
    if mode == 0:
        here()  # pass: mode
    elif mode == 1:
        here()  # pass: mode
    elif mode == 2 and bright:
        here()  # pass: mode
    else:
        here()  # pass: mode

# === a name that each pass sets is none
while True:  # loop: endless
    pressed = button.value
    if pressed:
        here()  # pass: event
    value = None
    if button.value:
        value = 3
    if value is not None:
        here()  # pass: event

# === a flag that the branch takes back
changed = True
while True:  # loop: endless
    if button.value:
        changed = True
    if changed:
        here()  # pass: event
        changed = False

# === a mode that its branch leaves some time
playing = False
while True:  # loop: endless
    if start.value:
        playing = True
    if playing:
        here()  # pass: mode
        if stop.value:
            here()  # pass: event
            playing = False

# === a change is an event
last = None
while True:  # loop: endless
    value = read()
    if value != last:
        here()  # pass: event
        last = value

# === attributes of devices change by themselves
while True:  # loop: endless
    if switch.value:
        here()  # pass: event

# === attributes of modules and classes do not
import config


class State:
    IDLE = 0
    BUSY = 1


state = State.IDLE
while True:  # loop: endless
    if config.DEBUG:
        here()  # pass: mode
    if state == State.IDLE:
        here()  # pass: mode
        if button.value:
            state = State.BUSY

# === what is imported by name may be a device
import supervisor
from adafruit_clue import clue
from parts import Mode

while True:  # loop: endless
    if clue.button_a:
        here()  # pass: event
    if supervisor.runtime.usb_connected:
        here()  # pass: event
    if level == Mode.LOUD:
        here()  # pass: mode

# === settings in a dictionary
settings = {"log": True}
cache = {"seen": False}
while True:  # loop: endless
    if settings["log"]:
        here()  # pass: mode
    if cache["seen"]:
        here()  # pass: event
    cache["seen"] = look()

# === calls are events
while True:  # loop: endless
    if ready():
        here()  # pass: event
    if len(things) > 2:
        here()  # pass: event

# === a parameter
def loop(verbose):
    while True:  # loop: endless
        if verbose:
            here()  # pass: mode


loop(True)

# === self
class App:
    def __init__(self):
        self.page = 0
        self.dirty = True

    def handle(self):
        if button.value:
            self.page = 1

    def run(self):
        while True:  # loop: endless
            self.handle()
            if self.page == 0:
                here()  # pass: mode
            if self.dirty:
                here()  # pass: event
                self.dirty = False


App().run()

# === a global that a called function sets each time
pressed = False


def scan():
    global pressed
    pressed = button.value


while True:  # loop: endless
    scan()
    if pressed:
        here()  # pass: event

# === a global that a callback sets
muted = False


def on_button(pin):
    global muted
    muted = not muted


pin.irq(on_button)
while True:  # loop: endless
    if not muted:
        here()  # pass: mode

# === a flag that a callback sets and the branch takes back by a call
arrived = False


def on_message(topic, message):
    global arrived
    arrived = True


def show():
    global arrived
    arrived = False


while True:  # loop: endless
    if arrived:
        here()  # pass: event
        show()

# === match on a mode
mode = 1
while True:  # loop: endless
    match mode:
        case 1:
            here()  # pass: mode
        case 2:
            here()  # pass: mode
        case _:
            here()  # pass: mode
    if button.value:
        mode = 2

# === a mode under an event, and the other way round
while True:  # loop: endless
    if button.value:
        if PLUGGED:
            here()  # pass: event
    if PLUGGED:
        if button.value:
            here()  # pass: event

# === a guard by continue
while True:  # loop: endless
    here()  # pass: every
    if paused:
        continue
    here()  # pass: mode
    if button.value:
        paused = not paused

# === a count down to every tenth pass
count = 0
while True:  # loop: endless
    count += 1
    if count % 10 == 0:
        here()  # pass: event

# === the number of an inner loop
while True:  # loop: endless
    for index in range(8):  # loop: counted 8
        if index == selected:
            here()  # pass: event
        if PLUGGED:
            here()  # pass: mode

# === assigned in a handler only
online = True
while True:  # loop: endless
    try:
        poll()
    except OSError:
        online = False
    if online:
        here()  # pass: mode

# === a walrus reads anew
while True:  # loop: endless
    if (event := keys.events.get()) is not None:
        here()  # pass: event

# === set under the same conditions is set anew
import time

last = time.monotonic()
while True:  # loop: endless
    if time.monotonic() - last > 1:
        last = time.monotonic()
        result = world.step()
        if result == APPLE:
            here()  # pass: event
        if PLUGGED:
            here()  # pass: timer 1

# === how a request went: well, as a rule
while True:  # loop: endless
    reply = ask()
    if reply.status_code == 200:
        here()  # pass: mode
    else:
        here()  # pass: event
    if reply.status_code != 200:
        here()  # pass: event
        continue
    here()  # pass: mode

# === and in other words
while True:  # loop: endless
    reply = ask()
    if reply.ok:
        here()  # pass: mode
    if reply.status_code >= 400:
        here()  # pass: event
    if reply.status_code < 300:
        here()  # pass: mode
    if reply.status_code in (200, 201):
        here()  # pass: mode
    if reply.status_code == 404:
        here()  # pass: event
