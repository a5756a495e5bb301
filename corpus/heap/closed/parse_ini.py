# An ini file read through io.StringIO into nested dicts, with typed values.
import io

SOURCE = """# device settings
[network]
ssid = attic
retries = 5
static = no

[display]
width = 128
height=64
title = Room 12
"""


def typed(text):
    if text in ("yes", "no"):
        return text == "yes"
    try:
        return int(text)
    except ValueError:
        return text


def load(stream):
    sections = {}
    current = None
    while True:
        line = stream.readline()
        if not line:
            return sections
        line = line.strip()
        if not line or line[0] == "#":
            continue
        if line[0] == "[":
            current = sections.setdefault(line[1:-1], {})
            continue
        key, _, value = line.partition("=")
        current[key.strip()] = typed(value.strip())


config = load(io.StringIO(SOURCE))
print(sorted(config), config["display"]["width"] * config["display"]["height"])
print(config["network"]["static"], config["network"]["retries"], config["display"]["title"])
