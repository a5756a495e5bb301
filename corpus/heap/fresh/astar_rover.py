# A rover finds its way over a map with mud and water: A* with heapq, tuples as keys, path drawn into the map.
import heapq

MAP = [
    "S..#.......#....",
    "..~#..##...#.~~.",
    ".~~...##.....~~.",
    "...##....##.....",
    "##....~~.##..##.",
    "....#.~~......#.",
    ".##.#....~~~..#.",
    "....###..~~~...G",
]
COST = {".": 1, "~": 4, "S": 1, "G": 1}


def find(world, letter):
    for y, row in enumerate(world):
        x = row.find(letter)
        if x >= 0:
            return x, y
    raise ValueError("no " + letter)


def neighbours(world, place):
    x, y = place
    for dx, dy in ((1, 0), (0, 1), (-1, 0), (0, -1)):
        nx, ny = x + dx, y + dy
        if 0 <= ny < len(world) and 0 <= nx < len(world[ny]) and world[ny][nx] != "#":
            yield nx, ny


def distance(a, b):
    return abs(a[0] - b[0]) + abs(a[1] - b[1])


def search(world, start, goal):
    frontier = [(distance(start, goal), 0, start)]
    came_from = {start: None}
    best = {start: 0}
    looked = 0
    while frontier:
        _, cost, place = heapq.heappop(frontier)
        if place == goal:
            break
        if cost > best[place]:
            continue
        looked += 1
        for near in neighbours(world, place):
            new_cost = cost + COST[world[near[1]][near[0]]]
            if near not in best or new_cost < best[near]:
                best[near] = new_cost
                came_from[near] = place
                heapq.heappush(frontier, (new_cost + distance(near, goal), new_cost, near))
    else:
        return None, 0, looked
    path = []
    step = goal
    while step is not None:
        path.append(step)
        step = came_from[step]
    path.reverse()
    return path, best[goal], looked


def moves(path):
    names = {(1, 0): "E", (-1, 0): "W", (0, 1): "S", (0, -1): "N"}
    out = ""
    run = 0
    last = ""
    for a, b in zip(path, path[1:]):
        letter = names[b[0] - a[0], b[1] - a[1]]
        if letter != last and run:
            out += "%s%d " % (last, run)
            run = 0
        last = letter
        run += 1
    return out + "%s%d" % (last, run)


start, goal = find(MAP, "S"), find(MAP, "G")
path, cost, looked = search(MAP, start, goal)
print("cost", cost, "steps", len(path) - 1, "looked at", looked)
print(moves(path))
canvas = [list(row) for row in MAP]
for x, y in path[1:-1]:
    canvas[y][x] = "*"
print("\n".join("".join(row) for row in canvas))
walled = [row[:11] + "#" + row[12:] for row in MAP]
print(search(walled, start, goal))
