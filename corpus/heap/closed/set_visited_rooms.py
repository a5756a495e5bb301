# Sets of tuples and strings: flood fill over a small map, set algebra. (micro:bit)
MAP = (
    "#########",
    "#..#....#",
    "#..#.##.#",
    "#....#..#",
    "#########",
)


def flood(x, y):
    seen = set()
    todo = [(x, y)]
    while todo:
        cell = todo.pop()
        if cell in seen:
            continue
        cx, cy = cell
        if MAP[cy][cx] == "#":
            continue
        seen.add(cell)
        todo.append((cx + 1, cy))
        todo.append((cx - 1, cy))
        todo.append((cx, cy + 1))
        todo.append((cx, cy - 1))
    return seen


rooms = flood(1, 1)
xs = set([c[0] for c in rooms])
ys = set([c[1] for c in rooms])
print(len(rooms), sorted(xs), sorted(ys))
wanted = {"lamp", "rope", "key"}
found = {"key", "coin"}
print(sorted(wanted & found), sorted(wanted - found), len(wanted | found))
found.discard("coin")
found.update(("lamp", "rope"))
print(found == wanted)
