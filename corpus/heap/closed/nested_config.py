# Nested dicts and lists: a configuration with defaults is merged and flattened.
DEFAULTS = {
    "wifi": {"ssid": "", "retries": 3, "power": 20},
    "mqtt": {"host": "broker.local", "port": 1883, "topics": ["status"]},
    "pins": {"led": 2, "button": 0},
    "name": "node",
}

OVERRIDES = {
    "wifi": {"ssid": "garden"},
    "mqtt": {"topics": ["status", "soil/1", "soil/2"], "tls": True},
    "name": "node-7",
}


def merge(base, extra):
    out = {}
    for key in base:
        out[key] = base[key]
    for key in extra:
        if key in out and isinstance(out[key], dict):
            out[key] = merge(out[key], extra[key])
        else:
            out[key] = extra[key]
    return out


def flatten(tree, prefix=""):
    rows = []
    for key in sorted(tree):
        value = tree[key]
        path = prefix + key
        if isinstance(value, dict):
            rows.extend(flatten(value, path + "."))
        elif isinstance(value, list):
            for i, item in enumerate(value):
                rows.append("%s[%d]=%s" % (path, i, item))
        else:
            rows.append("%s=%s" % (path, value))
    return rows


config = merge(DEFAULTS, OVERRIDES)
rows = flatten(config)
for row in rows:
    print(row)
print(len(rows), DEFAULTS["mqtt"]["topics"])
