# CSV text with quoted cells, parsed character by character into dicts. (micro:bit)
TEXT = 'id,name,qty\n1,bolt,40\n2,"nut, wide",7\n3,washer,112'


def cells(line):
    out = []
    cell = ""
    quoted = False
    for c in line:
        if c == '"':
            quoted = not quoted
        elif c == "," and not quoted:
            out.append(cell)
            cell = ""
        else:
            cell += c
    out.append(cell)
    return out


lines = TEXT.split("\n")
names = cells(lines[0])
table = []
for line in lines[1:]:
    record = {}
    values = cells(line)
    for i in range(len(names)):
        record[names[i]] = values[i]
    table.append(record)
print(len(table), table[1]["name"])
print(sum([int(r["qty"]) for r in table]))
