# A configuration that is merged, checked by validators, written as JSON and read again; streams in memory.
import json
import io

DEFAULTS = {
    "name": "node",
    "wifi": {"ssid": "", "retries": 3, "static": None},
    "pins": [2, 4, 15],
    "limits": {"low": -12.5, "high": 40, "alarm": False},
}


def merge(base, extra):
    out = {}
    for key, value in base.items():
        if isinstance(value, dict):
            out[key] = merge(value, extra.get(key, {}))
        else:
            out[key] = extra.get(key, value)
    for key in extra:
        if key not in base:
            out.setdefault("unknown", []).append(key)
    return out


def walk(value, path=()):
    if isinstance(value, dict):
        for key in sorted(value):
            yield from walk(value[key], path + (key,))
    elif isinstance(value, (list, tuple)):
        for i, item in enumerate(value):
            yield from walk(item, path + (str(i),))
    else:
        yield ".".join(path), value


CHECKS = {
    "wifi.retries": lambda v: 0 < v < 10,
    "limits.low": lambda v: v >= -40,
    "name": lambda v: v and len(v) <= 8,
}


def check(config):
    problems = []
    flat = dict(walk(config))
    for path, test in sorted(CHECKS.items()):
        if path not in flat:
            problems.append((path, "missing"))
        elif not test(flat[path]):
            problems.append((path, "bad: %r" % (flat[path],)))
    return problems


text = """ { "name" : "greenhouse", "wifi": {"ssid":"lab \\"2\\"", "retries": 12},
  "pins": [], "limits": {"low": -1.5e2, "alarm": true}, "extra": null, "deep": [[1, [2, {"a": []}]], -0.5] }"""
given = json.loads(text)
config = merge(DEFAULTS, given)
for path, value in walk(config):
    print(path, "=", value)
print(check(config))
out = io.StringIO()
json.dump(config["wifi"], out)
out.write("\n")
json.dump([1, None, True, 2.5, "x\ty\u00e9", {"k": (1, 2)}], out)
print(out.getvalue())
back = json.load(io.StringIO(out.getvalue().split("\n")[0]))
print(back == config["wifi"], len(json.dumps(config["limits"])))
for broken in ("[1, 2", "{1: 2}", "nul", '{"a" 1}', ""):
    try:
        print(json.loads(broken))
    except ValueError as e:
        print("ValueError", e)
stream = io.BytesIO(b"line one\nline two\nlast")
print(stream.read(4), stream.readline(), stream.tell() if hasattr(stream, "tell") else 9, stream.read())
stream.seek(0)
print([len(line) for line in stream], list(io.StringIO("a\nb\n")))
