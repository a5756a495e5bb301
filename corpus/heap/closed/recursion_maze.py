# Recursion: permutations, the towers of Hanoi and a depth-first sum over nested lists.
def permutations(items):
    if len(items) <= 1:
        return [items]
    out = []
    for i in range(len(items)):
        for rest in permutations(items[:i] + items[i + 1:]):
            out.append([items[i]] + rest)
    return out


def hanoi(n, a, b, c, moves):
    if n:
        hanoi(n - 1, a, c, b, moves)
        moves.append(a + c)
        hanoi(n - 1, b, a, c, moves)


def deep_sum(node):
    if isinstance(node, int):
        return node
    return sum([deep_sum(child) for child in node])


found = permutations([1, 2, 3, 4])
print(len(found), found[0], found[-1])
moves = []
hanoi(5, "A", "B", "C", moves)
print(len(moves), " ".join(moves[:4]))
print(deep_sum([1, [2, [3, 4]], [[5]], 6]))
