# A report table whose column widths come from the data, built line by line.
HEAD = ["station", "min", "max", "mean"]
DATA = {
    "roof": [3, 9, 14, 12, 7],
    "yard": [5, 8, 10, 10, 9],
    "basement": [11, 11, 12, 12, 11],
}


def row_of(name, values):
    mean = sum(values) / len(values)
    return [name, str(min(values)), str(max(values)), "%.1f" % mean]


def render(rows):
    widths = [max([len(r[i]) for r in rows]) for i in range(len(rows[0]))]
    lines = []
    for r in rows:
        cells = [r[0] + " " * (widths[0] - len(r[0]))]
        for i in range(1, len(r)):
            cells.append("{:>{}}".format(r[i], widths[i]))
        lines.append(" | ".join(cells))
    lines.insert(1, "-+-".join(["-" * w for w in widths]))
    return lines


rows = [HEAD]
for name in sorted(DATA):
    rows.append(row_of(name, DATA[name]))
for line in render(rows):
    print(line)
