# f-strings with plain fields, conversions, format specs and nested expressions.
DEVICES = [
    ("pump", True, 12.5, 1830),
    ("fan", False, 0.0, 22),
    ("heater", True, 1500.25, 904),
]


def duration(seconds):
    hours, rest = divmod(seconds, 3600)
    minutes, seconds = divmod(rest, 60)
    if hours:
        return f"{hours}h{minutes:02d}m"
    return f"{minutes}m{seconds:02d}s"


def status(name, on, watts, seconds):
    state = "on" if on else "off"
    return f"{name:>8} {state!r:6} {watts:8.2f} W {duration(seconds)}"


lines = []
for device in DEVICES:
    lines.append(status(*device))
text = "\n".join(lines)
print(text)
total = sum([d[2] for d in DEVICES])
print(f"{len(DEVICES)} devices, {total:.1f} W, {len(text)} characters")
print(f"{{}} {'-' * 5} {max([d[3] for d in DEVICES]) // 60}")
