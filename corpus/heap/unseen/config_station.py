"""Settings of a greenhouse node: defaults, overlays from a file, patches as JSON lines over the serial port."""
import json
import time

from machine import ADC, Pin, UART

DEFAULTS = {
    "node": {"name": "greenhouse", "id": 7},
    "report": {"every": 3, "fields": ["temp", "soil"]},
    "limits": {"temp": {"low": 5.0, "high": 31.5}, "soil": {"low": 20, "high": 85}},
    "outputs": {"fan": 12, "pump": 13},
}


class ConfigError(Exception):
    pass


def merged(base, changes, path=""):
    """A copy of `base` with `changes`, which may not add keys or change kinds."""
    result = {}
    for key, value in base.items():
        if isinstance(value, dict):
            result[key] = merged(value, changes.get(key, {}), path + key + ".")
        elif key in changes:
            new = changes[key]
            if isinstance(value, float) and isinstance(new, int):
                new = float(new)
            if type(new) is not type(value):
                raise ConfigError("{}{}: {} is no {}".format(path, key, new, type(value).__name__))
            result[key] = new
        else:
            result[key] = value
    unknown = [path + key for key in changes if key not in base]
    if unknown:
        raise ConfigError("unknown: " + ", ".join(sorted(unknown)))
    return result


def flatten(tree, prefix=()):
    for key, value in tree.items():
        if isinstance(value, dict):
            yield from flatten(value, prefix + (key,))
        else:
            yield ".".join(prefix + (key,)), value


def lookup(tree, path):
    for part in path.split("."):
        tree = tree[part]
    return tree


def load(name):
    try:
        with open(name) as file:
            return merged(DEFAULTS, json.load(file))
    except OSError:
        print("no", name)
    except (ValueError, ConfigError) as e:
        print(name, "is ignored:", e)
    return DEFAULTS


class Inputs:
    def __init__(self):
        self.parts = {"temp": (ADC(26), 0.00125, -10.0), "soil": (ADC(27), 100 / 65535, 0.0)}

    def __getitem__(self, name):
        adc, scale, offset = self.parts[name]
        return round(adc.read_u16() * scale + offset, 1)


uart = UART(1, baudrate=9600)
config = load("station.json")
inputs = Inputs()
outputs = {name: Pin(number, Pin.OUT) for name, number in config["outputs"].items()}
alarms = set()
rounds = 0
while True:
    line = uart.readline()
    if line:
        try:
            patch = json.loads(line)
            if isinstance(patch, str):
                uart.write(json.dumps({patch: lookup(config, patch)}) + "\n")
            else:
                old = dict(flatten(config))
                config = merged(config, patch)
                changed = {k: v for k, v in flatten(config) if old[k] != v}
                uart.write(json.dumps(changed) + "\n")
        except (ValueError, ConfigError, KeyError, AttributeError, TypeError) as e:
            uart.write(json.dumps({"error": type(e).__name__, "text": str(e)}) + "\n")
    rounds += 1
    if rounds % config["report"]["every"]:
        continue
    values = {}
    for field in config["report"]["fields"]:
        try:
            values[field] = inputs[field]
        except KeyError:
            values[field] = None
            continue
        limits = config["limits"][field]
        if not limits["low"] <= values[field] <= limits["high"]:
            alarms.add(field)
        else:
            alarms.discard(field)
    outputs["fan"].value("temp" in alarms)
    outputs["pump"].value("soil" in alarms)
    values["alarms"] = sorted(alarms)
    uart.write(json.dumps({config["node"]["name"]: values}) + "\n")
    time.sleep(1)
