# Lists that grow by append and extend, kept as a day's history, and shrink by pop. (micro:bit)
HOURS = 24


def sample(hour, minute):
    return (hour * 37 + minute * 11) % 91


hourly = []
recent = []
for hour in range(HOURS):
    total = 0
    for minute in range(0, 60, 15):
        value = sample(hour, minute)
        recent.append(value)
        total += value
    hourly.append(total // 4)
    if len(recent) > 20:
        recent.pop(0)

peaks = []
peaks.extend(hourly[:6])
peaks.extend(hourly[18:])
while len(recent) > 3:
    recent.pop()
peaks.insert(0, max(hourly))
print(len(hourly), len(recent), peaks[0])
print(sum(peaks), recent)
