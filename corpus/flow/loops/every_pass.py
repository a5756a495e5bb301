# === straight on
before()
while True:  # loop: endless
    here()  # pass: every
    x = [here()]  # pass: every

# === the test of a while is part of its pass
while (  # loop: endless
    here()  # pass: every
):
    step()

# === both arms come together again
while True:  # loop: endless
    if button.value:
        here()  # pass: event
    else:
        here()  # pass: event
    here()  # pass: every

# === continue before, break before, return before
def main():
    while True:  # loop: endless
        if pressed():
            stop()
            break
        here()  # pass: every
        if touched():
            continue
        here()  # pass: event
        if released():
            return
        here()  # pass: event


main()

# === in the way out
while True:  # loop: endless
    step()
    if stopped():
        here()  # pass: event
        break

# === exceptions do not count
while True:  # loop: endless
    try:
        risky()
        here()  # pass: every
    except ValueError:
        here()  # pass: event
        continue
    else:
        here()  # pass: every
    here()  # pass: every

# === a finally is passed on every way
while True:  # loop: endless
    try:
        if skip():
            continue
        risky()
    finally:
        here()  # pass: every
    here()  # pass: event

# === a return through a finally
def serve():
    while True:  # loop: endless
        try:
            if not handle():
                return
        finally:
            here()  # pass: every
        here()  # pass: every


serve()

# === a raise leaves, too
while True:  # loop: endless
    if broken():
        raise RuntimeError("broken")
    here()  # pass: every

# === a reset leaves as well
import microcontroller

while True:  # loop: endless
    if broken():
        microcontroller.reset()
    here()  # pass: every

# === counted loops inside
while True:  # loop: endless
    for index in range(4):  # loop: counted 4
        here()  # pass: every
        if index == 2:
            here()  # pass: event
    for index in range(count()):  # loop: counted 0..
        here()  # pass: event, inner: every
    for index in (1, 2, 3):  # loop: counted 1..3
        if wanted(index):
            break
        here()  # pass: event, inner: every
    for index in range(3):  # loop: counted 1..3
        here()  # pass: every
        if wanted(index):
            break
    else:
        here()  # pass: event
    here()  # pass: every

# === containers that the program filled
import board

PINS = (board.D1, board.D2)
leds = []
for pin in PINS:  # loop: counted 2
    leds.append(make_led(pin))
names = {}
names["red"] = 1
queue = []
jobs = []
jobs.append(first_job)
while True:  # loop: endless
    for pin in PINS:  # loop: counted 2
        here()  # pass: every
    for led in leds:  # loop: counted 1..
        here()  # pass: every
    for place, led in enumerate(leds):  # loop: counted 1..
        here()  # pass: every
    for place in range(len(leds)):  # loop: counted 1..
        here()  # pass: every
    for name, number in names.items():  # loop: counted 1..
        here()  # pass: every
    for message in queue:  # loop: counted 0
        here()  # pass: event, inner: every
    for job in jobs:  # loop: counted 0..
        here()  # pass: event, inner: every
    for event in keys.events:  # loop: counted 0..
        here()  # pass: event, inner: every
    jobs.pop()

# === a container that each pass fills
while True:  # loop: endless
    found = []
    if near():
        found.append(1)
    for item in found:  # loop: counted 0..
        here()  # pass: event, inner: every

# === endless inside endless
while True:  # loop: endless
    here()  # pass: event
    while True:  # loop: endless
        here()  # pass: event, inner: every
        step()

# === while loops inside
while True:  # loop: endless
    while True:  # loop: repeating
        here()  # pass: every
        work()
        if ready():
            break
        here()  # pass: event, inner: every
    while busy():  # loop: repeating
        here()  # pass: event, inner: every
        work()
    here()  # pass: every

# === parts of expressions
while True:  # loop: endless
    ready() and here()  # pass: event
    here() and ready()  # pass: every
    x = here() if ready() else None  # pass: event
    x = 1 if here() else 2  # pass: every
    assert ready(), here()  # pass: event
    x = a < b < here()  # pass: event
    x = a < here() < b  # pass: every
    x = [i for i in here()]  # pass: every
    x = [here() for i in range(5)]  # pass: every
    x = [here() for i in things()]  # pass: event
    x = [here() for i in range(5) if i]  # pass: event
    x = [i for i in range(5) if here()]  # pass: every
    x = [i for i in range(5) for j in here()]  # pass: every
    f = lambda: here()  # call: every
    f = lambda x=here(): x  # pass: every

# === nested definitions
while True:  # loop: endless
    def helper(size=here()):  # pass: every
        return here()  # call: every

    class Table:
        size = here()  # pass: every

# === match on an event
while True:  # loop: endless
    match keys.events.get():
        case None:
            here()  # pass: event
        case event:
            here()  # pass: event
    here()  # pass: every

# === with
while True:  # loop: endless
    with here() as bus:  # pass: every
        here()  # pass: every

# === for-loops as the loop in question
for row in range(20):  # loop: counted 20
    here()  # pass: every
    for column in range(4):  # loop: counted 4
        here()  # pass: every
        if column == row:
            here()  # pass: event

# === what is no part of a pass
while True:  # loop: repeating
    step()
    if done():
        break
else:
    here()  # pass: none
for item in (  # loop: counted 0..
    here()  # pass: none
):
    step()

# === on every call of a function
def report(values, verbose):
    here()  # call: every
    if verbose:
        here()  # call: mode
    for value in values:  # loop: counted 0..
        show(value)
    try:
        send(values)
    except OSError:
        here()  # call: event
        return None
    here()  # call: every
    if not values:
        return 0
    here()  # call: mode
    return 1


# === on calls that do not return
def run():
    here()  # call: event
    while True:  # loop: endless
        step()


run()

# === counted loops in a function
def paint():
    for row in range(8):  # loop: counted 8
        for column in range(8):  # loop: counted 8
            pixel(row, column)
    with bus:
        here()  # call: every
