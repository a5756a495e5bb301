# Decorators, context managers and attributes by name: a fake GPIO expander with memoized scaling and a call trace.
calls = {}
depth = 0


def counted(function):
    def wrapper(*args, **kwargs):
        calls[name] = calls.get(name, 0) + 1
        return function(*args, **kwargs)

    name = getattr(function, "__name__", "?")
    calls[name] = 0
    return wrapper


def memo(limit):
    def decorate(function):
        cache = {}

        def wrapper(*args):
            if args in cache:
                return cache[args]
            if len(cache) >= limit:
                cache.clear()
            value = cache[args] = function(*args)
            return value

        wrapper_cache[function] = cache
        return wrapper

    return decorate


wrapper_cache = {}


class indented:
    """Prints what happens inside one step further to the right."""

    def __init__(self, title):
        self.title = title

    def __enter__(self):
        global depth
        say(self.title + " {")
        depth += 1
        return self

    def __exit__(self, kind, value, traceback):
        global depth
        depth -= 1
        say("}" if kind is None else "} after " + kind.__name__)
        return kind is ValueError


def say(text):
    print("  " * depth + text)


class Pin:
    IN, OUT = 0, 1

    def __init__(self, number, mode=IN):
        self._number = number
        self._mode = mode
        self._level = 0

    @property
    def value(self):
        return self._level

    @value.setter
    def value(self, level):
        if self._mode != Pin.OUT:
            raise ValueError("pin %d is an input" % self._number)
        self._level = 1 if level else 0

    def __repr__(self):
        return "<Pin %d %s %d>" % (self._number, "in" if self._mode == Pin.IN else "out", self._level)


class Expander:
    def __init__(self, **modes):
        self.names = sorted(modes)
        for number, name in enumerate(self.names):
            setattr(self, name, Pin(number, modes[name]))

    def __getattr__(self, name):
        if name.startswith("not_"):
            return 1 - getattr(self, name[4:]).value
        raise AttributeError(name)

    @counted
    def write(self, **levels):
        for name in sorted(levels):
            getattr(self, name).value = levels[name]

    @counted
    def read(self):
        word = 0
        for at, name in enumerate(self.names):
            word |= getattr(self, name).value << at
        return word


@memo(8)
@counted
def scale(raw, span=100):
    return raw * span // 4095


chip = Expander(led=Pin.OUT, relay=Pin.OUT, button=Pin.IN, buzzer=Pin.OUT)
with indented("set"):
    chip.write(led=1, relay=True)
    say("word {:04b}".format(chip.read()))
    with indented("wrong"):
        chip.write(button=1, buzzer=1)
        say("not reached")
    say("word {:04b} not_led={} not_buzzer={}".format(chip.read(), chip.not_led, chip.not_buzzer))
try:
    with indented("missing"):
        chip.write(door=1)
except AttributeError as error:
    say("no attribute " + str(error))
print([scale(raw) for raw in (0, 4095, 2048, 4095, 0, 1000, 2048)], scale(10, 4095))
print(sorted(calls.items()), hasattr(chip, "led"), hasattr(chip, "door"))
for name in chip.names:
    print(name, getattr(chip, name))
print(sum(len(cache) for cache in wrapper_cache.values()))
