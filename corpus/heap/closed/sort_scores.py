# Sorting by key functions and tuples: a high-score table. (micro:bit)
NAMES = ("ann", "bo", "cy", "di", "ed", "flo")

scores = []
seed = 5
for n in range(18):
    seed = (seed * 61 + 17) % 197
    scores.append((NAMES[n % 6], seed, n))

scores.sort(key=lambda s: -s[1])
print(scores[0], scores[-1])
best = {}
for name, points, _ in scores:
    if name not in best:
        best[name] = points
ranking = sorted(best, key=lambda name: (best[name], name), reverse=True)
print(ranking)
by_name = sorted([(s[0], s[1]) for s in scores if s[1] > 100])
print(len(by_name), by_name[0])
