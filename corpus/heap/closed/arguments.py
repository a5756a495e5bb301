# Default, keyword, star and double-star arguments, keyword-only arguments, forwarding.
def setup(pin, mode="in", *, pull=None, invert=False):
    return (pin, mode, pull, invert)


def log(level, *parts, **tags):
    text = level + ": " + " ".join([str(p) for p in parts])
    for key in sorted(tags):
        text += " %s=%s" % (key, tags[key])
    return text


def forward(function, *args, **kwargs):
    calls.append((function, len(args), len(kwargs)))
    return function(*args, **kwargs)


def remember(value, store=[]):
    store.append(value)
    return len(store)


calls = []
print(forward(setup, 4))
print(forward(setup, 5, "out", invert=True))
print(forward(setup, pull="up", pin=6))
print(forward(log, "info", "motor", 3, rpm=900, volt=12))
options = {"pull": "down", "invert": True}
pins = [(7,), (8, "out")]
for args in pins:
    print(setup(*args, **options))
for n in range(5):
    count = remember(n)
first, *rest = log("warn", 1, 2, x=0).split(" ")
print(count, len(calls), sum([c[1] for c in calls]), first, rest)
