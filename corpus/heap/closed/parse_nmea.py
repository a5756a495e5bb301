# NMEA sentences of a GPS receiver: checksum, fields, degrees as integers. (micro:bit)
BODIES = (
    "GPGGA,092750,5321.6802,N,00630.3372,W,1,8,61.7",
    "GPGSA,A,3,10,07,05",
    "GPGGA,092751,5321.6810,N,00630.3361,W,1,7,61.5",
)


def checksum(body):
    total = 0
    for c in body:
        total ^= ord(c)
    return total


def degrees(text, side):
    dot = text.find(".")
    whole = int(text[:dot - 2])
    minutes = int(text[dot - 2:dot] + text[dot + 1:])
    value = whole * 10000 + minutes // 60
    return -value if side in "SW" else value


fixes = []
bad = 0
for n in range(len(BODIES)):
    body = BODIES[n]
    line = "$%s*%02X" % (body, checksum(body))
    star = line.find("*")
    if int(line[star + 1:], 16) != checksum(line[1:star]):
        bad += 1
        continue
    fields = line[1:star].split(",")
    if fields[0] == "GPGGA":
        fixes.append((degrees(fields[2], fields[3]), degrees(fields[4], fields[5]), int(fields[7])))
print(bad, fixes)
