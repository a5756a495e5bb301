# strip, split, replace, upper, find and slices on lines of a serial console. (micro:bit)
LINES = (
    "  SET led 1\r\n",
    "get  temperature\r\n",
    "\tset  name  kitchen sensor \r\n",
    "# a comment\r\n",
    "get uptime",
)

settings = {}


def clean(line):
    line = line.strip()
    if line.startswith("#"):
        return ""
    line = line.replace("\t", " ")
    while line.find("  ") >= 0:
        line = line.replace("  ", " ")
    return line


def run(line):
    line = clean(line)
    if not line:
        return "-"
    verb = line.split(" ")[0].upper()
    rest = line[len(verb) + 1:]
    if verb == "SET":
        cut = rest.find(" ")
        key = rest[:cut]
        settings[key] = rest[cut + 1:]
        return "OK " + key
    if verb == "GET":
        return rest + "=" + settings.get(rest, "?")
    return "ERR"


for line in LINES:
    print(run(line))
print(len(settings), settings["name"], settings["name"][-6:])
