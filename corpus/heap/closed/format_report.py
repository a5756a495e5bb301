# Percent formatting and str.format side by side in a table of readings. (micro:bit)
ROWS = (
    ("living room", 215, 41),
    ("cellar", 98, 77),
    ("attic", -12, 35),
    ("greenhouse", 304, 88),
)


def percent_row(name, tenths, hum):
    sign = "-" if tenths < 0 else ""
    tenths = abs(tenths)
    return "%-12s|%6s|%3d%%" % (name, "%s%d.%d" % (sign, tenths // 10, tenths % 10), hum)


def format_row(name, tenths, hum):
    return "{:<12}|{:>6}|{:>3}%".format(name, tenths, hum)


width = 0
for row in ROWS:
    line = percent_row(row[0], row[1], row[2])
    print(line)
    other = format_row(*row)
    width = max(width, len(line), len(other))
print("=" * width)
print("{0} rows, {1} wide, {0:02d}/{2:04x}".format(len(ROWS), width, 48879))
