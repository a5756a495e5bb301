# Many module-level names changed by functions through global. (micro:bit)
ticks = 0
pulses = 0
errors = 0
resets = 0
last_level = 0
longest = 0
current = 0
mode = "idle"
history = []
limits = (3, 9)
scale = 4
offset = -2
verbose = False
enabled = True
owner = "bench"


def pulse(level):
    global ticks, pulses, last_level, current, longest
    ticks += 1
    if level and not last_level:
        pulses += 1
    current = current + 1 if level else 0
    if current > longest:
        longest = current
    last_level = level


def change(name):
    global mode, resets
    if name != mode:
        history.append(mode)
        mode = name
        resets += 1


for n in range(70):
    pulse((n * 7 % 11) > 4)
    if pulses % 5 == 4:
        change("fast" if n & 8 else "slow")
print(ticks, pulses, longest, resets, mode)
print(history, errors, scale * limits[1] + offset)
