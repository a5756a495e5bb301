# A list used as a double-ended queue of button events, with a bound on its length. (micro:bit)
LIMIT = 8

queue = []
dropped = 0


def post(kind, pin, when):
    global dropped
    if len(queue) >= LIMIT:
        queue.pop(0)
        dropped += 1
    queue.append((when, kind, pin))


def post_urgent(kind, pin, when):
    queue.insert(0, (when, kind, pin))


def handle(state, event):
    when, kind, pin = event
    if kind == "down":
        state[pin] = when
        return 0
    start = state.pop(pin, when)
    return when - start


state = {}
held = 0
handled = 0
for tick in range(0, 400, 10):
    pin = (tick // 10) % 3
    if tick % 50 == 0:
        post("down", pin, tick)
    elif tick % 30 == 0:
        post("up", pin, tick)
    else:
        post("down" if tick % 20 else "up", pin, tick)
    if tick == 200:
        post_urgent("up", 9, tick)
    if tick % 40 == 30:
        for _ in range(2):
            if queue:
                held += handle(state, queue.pop(0))
                handled += 1
print(len(queue), dropped, handled, held)
print(sorted(state))
