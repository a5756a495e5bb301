# List, dict and set comprehensions, nested and with conditions. (micro:bit)
WIDTH = 6

grid = [[x * y % 5 for x in range(WIDTH)] for y in range(4)]
turned = [[row[x] for row in grid] for x in range(WIDTH)]
print(len(turned), turned[3])

index = {n: n * n for n in range(15) if n % 3}
back = {index[n]: n for n in index}
print(len(index), back[196])

digits = {c for row in grid for c in row}
print(sorted(digits), sum([len(r) for r in grid]))

names = ["s%d" % n for n in range(8)]
pairs = [(a, b) for a in names[:3] for b in names[5:] if a != b]
print(len(pairs), pairs[-1])
print(sum([sum(row) for row in grid if 0 in row]))
