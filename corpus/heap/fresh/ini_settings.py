# Settings from an INI text: typed values, defaults per section, interpolation, changes, and writing it back.
import io

TEXT = """
; station settings
name = Harbour 3
[wifi]
ssid = "shed net"
retries = 5
power = 8.5
hidden = no

[sensors]
pins = 4, 5, 18
offset = -1.25
label = ${wifi.ssid}/${name}
debug = yes
[alarm]
limit = 0x1F4
mask = 0b1010
broken line
[wifi]
retries = 7
"""

WORDS = {"yes": True, "on": True, "true": True, "no": False, "off": False, "false": False, "none": None}


def typed(text):
    low = text.lower()
    if low in WORDS:
        return WORDS[low]
    if "," in text:
        return [typed(part.strip()) for part in text.split(",") if part.strip()]
    if text[:1] == '"' and text[-1:] == '"':
        return text[1:-1]
    try:
        return int(text, 0)
    except ValueError:
        pass
    try:
        return float(text)
    except ValueError:
        return text


class Section:
    def __init__(self, name, values=None):
        self._name = name
        self._values = values or {}

    def __getattr__(self, key):
        if key in self._values:
            return self._values[key]
        raise AttributeError("%s has no %s" % (self._name or "top", key))

    def __contains__(self, key):
        return key in self._values

    def __iter__(self):
        return iter(sorted(self._values))

    def set(self, key, value):
        old = self._values.get(key)
        self._values[key] = value
        return old


class Settings:
    def __init__(self):
        self.sections = {"": Section("")}
        self.errors = []

    def load(self, stream):
        current = self.sections[""]
        number = 0
        while True:
            line = stream.readline()
            if not line:
                return self
            number += 1
            line = line.strip()
            if not line or line[0] in ";#":
                continue
            if line[0] == "[" and line[-1] == "]":
                name = line[1:-1]
                if name not in self.sections:
                    self.sections[name] = Section(name)
                current = self.sections[name]
                continue
            key, equals, value = line.partition("=")
            if not equals:
                self.errors.append((number, line))
                continue
            current.set(key.strip(), typed(self.expand(value.strip())))

    def expand(self, text):
        while "${" in text:
            before, _, rest = text.partition("${")
            name, _, after = rest.partition("}")
            section, dot, key = name.rpartition(".")
            text = before + str(getattr(self.sections[section], key)) + after
        return text

    def __getitem__(self, name):
        return self.sections[name]

    def save(self, stream):
        for name in sorted(self.sections):
            section = self.sections[name]
            if name:
                stream.write("[%s]\n" % name)
            for key in section:
                value = getattr(section, key)
                if isinstance(value, list):
                    value = ", ".join(str(one) for one in value)
                elif value is True or value is False:
                    value = "yes" if value else "no"
                stream.write("{} = {}\n".format(key, value))


settings = Settings().load(io.StringIO(TEXT))
print(settings[""].name, settings["wifi"].ssid, settings["wifi"].retries, settings["wifi"].power)
print(settings["sensors"].pins, settings["sensors"].label, settings["alarm"].limit, settings["alarm"].mask)
print(settings.errors, "debug" in settings["sensors"], "debug" in settings["wifi"])
try:
    print(settings["alarm"].siren)
except AttributeError as error:
    print("error:", error)
print(settings["wifi"].set("power", 10), settings["alarm"].set("siren", [3, "long", True]))
out = io.StringIO()
settings.save(out)
text = out.getvalue()
print(text, end="")
again = Settings().load(io.StringIO(text))
print(again["alarm"].siren == settings["alarm"].siren, len(text), len(again.sections))
