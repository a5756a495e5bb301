# Text built by repeated concatenation beside the same text built by join. (micro:bit)
NAMES = ("temp", "hum", "press", "lux", "batt")


def slow_line(values):
    text = ""
    for i in range(len(values)):
        if text:
            text += ","
        text += NAMES[i] + "=" + str(values[i])
    return text


def quick_line(values):
    parts = []
    for i in range(len(values)):
        parts.append(NAMES[i] + "=" + str(values[i]))
    return ",".join(parts)


longest = 0
for n in range(6):
    values = [215 + n, 430 - n, 10132, n * n * 50, 3700 - 10 * n]
    a = slow_line(values)
    b = quick_line(values)
    if a != b:
        print("differs at", n)
    longest = max(longest, len(a))
print(a)
print(longest)
rule = "-" * 12 + "+" + "-" * 7
print(rule)
