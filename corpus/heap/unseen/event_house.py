"""An event bus for a shed: buttons, a door and a light sensor publish, rules subscribe; closures hold their state."""
import time

from machine import ADC, Pin


class Bus:
    def __init__(self):
        self._handlers = {}
        self._queue = []
        self.depth = 0

    def on(self, name, handler=None, once=False):
        def register(function):
            self._handlers.setdefault(name, []).append((function, once))
            return function
        return register if handler is None else register(handler)

    def off(self, name, handler):
        self._handlers[name] = [one for one in self._handlers.get(name, ()) if one[0] is not handler]

    def emit(self, name, **data):
        self._queue.append((name, data))

    def run(self):
        handled = 0
        while self._queue:
            name, data = self._queue.pop(0)
            for function, once in list(self._handlers.get(name, ())) + self._handlers.get("*", []):
                function(name, data)
                if once:
                    self.off(name, function)
                handled += 1
            if handled > 40:
                self._queue.clear()
        return handled


def debounced(pin, needed=2):
    level = pin.value()
    same = 0

    def poll():
        nonlocal level, same
        now = pin.value()
        same = same + 1 if now != level else 0
        if same >= needed:
            level, same = now, 0
            return level
        return None

    return poll


def threshold(low, high):
    state = False

    def update(value):
        nonlocal state
        before = state
        if value > high:
            state = True
        elif value < low:
            state = False
        return state if state != before else None

    return update


def counter(start=0, step=1):
    value = start

    def advance(by=step):
        nonlocal value
        value += by
        return value

    return advance, lambda: value


bus = Bus()
lamp = Pin(25, Pin.OUT)
journal = []
door_opened, door_count = counter()
inputs = {name: debounced(Pin(number, Pin.IN)) for name, number in (("door", 2), ("button", 3))}
light = ADC(26)
is_bright = threshold(20000, 40000)


@bus.on("*")
def write_journal(name, data):
    journal.append("%s %s" % (name, ",".join("%s=%r" % pair for pair in sorted(data.items()))))
    if len(journal) > 10:
        journal.pop(0)


@bus.on("door")
def on_door(name, data):
    if data["level"]:
        bus.emit("lamp", on=not data.get("bright", False), why="door %d" % door_opened())


@bus.on("lamp")
def on_lamp(name, data):
    lamp.value(data["on"])


bus.on("button", lambda name, data: bus.emit("lamp", on=not lamp.value(), why="button") if data["level"] else None)
bus.on("dark", lambda name, data: print("first dusk at", data["value"]), once=True)

bright = False
ticks = 0
total = 0
while True:
    for name, poll in inputs.items():
        level = poll()
        if level is not None:
            bus.emit(name, level=level, bright=bright)
    value = light.read_u16()
    change = is_bright(value)
    if change is not None:
        bright = change
        bus.emit("bright" if change else "dark", value=value)
    total += bus.run()
    ticks += 1
    if ticks % 16 == 0:
        print(ticks, total, door_count(), "\n".join(journal[-3:]), sep=" | ")
    time.sleep_ms(20)
