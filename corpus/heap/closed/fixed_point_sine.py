# A quarter-wave table in a const tuple, fixed-point sine and a wave in a bytearray. (micro:bit)
QUARTER = (0, 13, 25, 38, 50, 63, 75, 87, 98, 109, 120, 131, 141, 151, 160, 169, 177)
STEPS = 64


def sine(angle):
    angle %= STEPS
    if angle < 16:
        return QUARTER[angle]
    if angle < 32:
        return QUARTER[32 - angle]
    return -sine(angle - 32)


wave = bytearray(STEPS)
for i in range(STEPS):
    wave[i] = 128 + sine(i) * 127 // 180
mixed = [sine(i) + sine(3 * i) // 3 for i in range(0, STEPS, 8)]
print(min(wave), max(wave), sum(wave))
print(mixed)
