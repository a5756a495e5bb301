# Floats: exponential filter, variance and a small Newton iteration. (micro:bit)
ALPHA = 0.25


def newton(value):
    guess = value / 2
    for _ in range(8):
        guess = (guess + value / guess) / 2
    return guess


filtered = 20.0
low = 1000.0
samples = []
for n in range(40):
    raw = 18.0 + (n * 5 % 9) * 0.5
    filtered += ALPHA * (raw - filtered)
    low = min(low, filtered)
    samples.append(filtered)
mean = sum(samples) / len(samples)
variance = sum([(s - mean) * (s - mean) for s in samples]) / len(samples)
print(int(mean * 10), int(low * 10), variance > 0.1)
print(int(newton(2.0) * 1000), int(newton(90.25) * 10))
