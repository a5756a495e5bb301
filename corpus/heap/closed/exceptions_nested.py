# Errors inside handlers, raise from a handler, else and finally, KeyError, IndexError and int() errors.
class ConfigError(ValueError):
    def __init__(self, line, reason):
        super().__init__("line %d: %s" % (line, reason))
        self.line = line


SOURCE = ["rate=9600", "parity=n", "bits=eight", "=5", "stop=1", "flow"]
order = []


def parse_line(number, text):
    try:
        key, value = text.split("=")
    except ValueError:
        raise ConfigError(number, "no value")
    if not key:
        raise ConfigError(number, "no name")
    try:
        return key, int(value)
    except ValueError:
        if len(value) == 1:
            return key, value
        raise ConfigError(number, "not a number: " + value)


def load(lines):
    settings = {}
    errors = []
    for number, text in enumerate(lines, 1):
        try:
            key, value = parse_line(number, text)
        except ConfigError as error:
            errors.append(error)
        else:
            settings[key] = value
        finally:
            order.append(number)
    return settings, errors


def lookup(table, *path):
    try:
        for step in path:
            table = table[step]
        return table
    except (KeyError, IndexError, TypeError) as error:
        return type(error).__name__


settings, errors = load(SOURCE)
print(sorted(settings), order)
for error in errors:
    print(error.line, error)
print(lookup({"a": [1, 2]}, "a", 1), lookup({}, "x"), lookup([1], 5), lookup(3, 0))
