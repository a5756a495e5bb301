# Sudoku by bit masks: candidates per row, column and box, the cell with the fewest first, depth-first with undo.
PUZZLE = """
53..7....
6..195...
.98....6.
8...6...3
4..8.3..1
7...2...6
.6....28.
...419..5
....8..79
"""

ALL = 0x1FF


def count_bits(mask):
    n = 0
    while mask:
        mask &= mask - 1
        n += 1
    return n


class Sudoku:
    def __init__(self, text):
        self.grid = [[0] * 9 for _ in range(9)]
        self.rows = [ALL] * 9
        self.cols = [ALL] * 9
        self.boxes = [ALL] * 9
        self.tries = 0
        for r, line in enumerate(text.strip().split("\n")):
            for c, ch in enumerate(line):
                if ch != ".":
                    self.put(r, c, int(ch))

    def put(self, r, c, digit):
        bit = 1 << (digit - 1)
        self.grid[r][c] = digit
        self.rows[r] &= ~bit
        self.cols[c] &= ~bit
        self.boxes[r // 3 * 3 + c // 3] &= ~bit

    def take(self, r, c):
        bit = 1 << (self.grid[r][c] - 1)
        self.grid[r][c] = 0
        self.rows[r] |= bit
        self.cols[c] |= bit
        self.boxes[r // 3 * 3 + c // 3] |= bit

    def free(self, r, c):
        return self.rows[r] & self.cols[c] & self.boxes[r // 3 * 3 + c // 3]

    def choose(self):
        best = None
        fewest = 10
        for r in range(9):
            row = self.grid[r]
            for c in range(9):
                if row[c] == 0:
                    mask = self.free(r, c)
                    n = count_bits(mask)
                    if n < fewest:
                        best, fewest = (r, c, mask), n
                        if n <= 1:
                            return best
        return best

    def solve(self):
        cell = self.choose()
        if cell is None:
            return True
        r, c, mask = cell
        for digit in range(1, 10):
            if mask & (1 << (digit - 1)):
                self.tries += 1
                self.put(r, c, digit)
                if self.solve():
                    return True
                self.take(r, c)
        return False

    def lines(self):
        for r, row in enumerate(self.grid):
            if r and r % 3 == 0:
                yield "------+-------+------"
            parts = [" ".join(str(d) if d else "." for d in row[i:i + 3]) for i in (0, 3, 6)]
            yield " | ".join(parts)


puzzle = Sudoku(PUZZLE)
print(puzzle.solve(), puzzle.tries)
for line in puzzle.lines():
    print(line)
print(sum(puzzle.grid[4]), [row[0] for row in puzzle.grid])
