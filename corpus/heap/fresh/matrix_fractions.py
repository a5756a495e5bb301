# Matrices of exact fractions: operators, Gauss elimination, inverse and determinant, least squares in the end.
def gcd(a, b):
    while b:
        a, b = b, a % b
    return a


class Fraction:
    __slots__ = ("num", "den")

    def __init__(self, num, den=1):
        if den < 0:
            num, den = -num, -den
        common = gcd(abs(num), den)
        self.num = num // common
        self.den = den // common

    def __add__(self, other):
        other = lift(other)
        return Fraction(self.num * other.den + other.num * self.den, self.den * other.den)

    __radd__ = __add__

    def __neg__(self):
        return Fraction(-self.num, self.den)

    def __sub__(self, other):
        return self + -lift(other)

    def __mul__(self, other):
        other = lift(other)
        return Fraction(self.num * other.num, self.den * other.den)

    def __truediv__(self, other):
        other = lift(other)
        if other.num == 0:
            raise ZeroDivisionError("fraction over nought")
        return Fraction(self.num * other.den, self.den * other.num)

    def __eq__(self, other):
        other = lift(other)
        return self.num == other.num and self.den == other.den

    def __bool__(self):
        return self.num != 0

    def __str__(self):
        return str(self.num) if self.den == 1 else "%d/%d" % (self.num, self.den)


def lift(value):
    return value if isinstance(value, Fraction) else Fraction(value)


class Matrix:
    def __init__(self, rows):
        self.rows = [[lift(value) for value in row] for row in rows]
        self.size = len(self.rows), len(self.rows[0])

    @staticmethod
    def identity(n):
        return Matrix([[1 if i == j else 0 for j in range(n)] for i in range(n)])

    def __getitem__(self, place):
        row, column = place
        return self.rows[row][column]

    def __mul__(self, other):
        if not isinstance(other, Matrix):
            return Matrix([[value * other for value in row] for row in self.rows])
        columns = list(zip(*other.rows))
        return Matrix([[sum((a * b for a, b in zip(row, column)), Fraction(0)) for column in columns] for row in self.rows])

    @property
    def T(self):
        return Matrix([list(column) for column in zip(*self.rows)])

    def __eq__(self, other):
        return self.rows == other.rows

    def solve(self, right):
        """Gauss and Jordan; the determinant comes along."""
        n = self.size[0]
        work = [list(a) + list(b) for a, b in zip(self.rows, right.rows)]
        det = Fraction(1)
        for i in range(n):
            pivot = next((r for r in range(i, n) if work[r][i]), None)
            if pivot is None:
                raise ZeroDivisionError("singular")
            if pivot != i:
                work[i], work[pivot] = work[pivot], work[i]
                det = -det
            det = det * work[i][i]
            head = work[i][i]
            work[i] = [value / head for value in work[i]]
            for r in range(n):
                if r != i and work[r][i]:
                    factor = work[r][i]
                    work[r] = [a - factor * b for a, b in zip(work[r], work[i])]
        return Matrix([row[n:] for row in work]), det

    def __str__(self):
        cells = [[str(value) for value in row] for row in self.rows]
        width = max(max(len(cell) for cell in row) for row in cells)
        return "\n".join("[" + " ".join("{:>{}}".format(cell, width) for cell in row) + "]" for row in cells)


a = Matrix([[0, 2, 1], [3, -1, 2], [1, 1, 4]])
inverse, det = a.solve(Matrix.identity(3))
print("det", det)
print(inverse)
print(a * inverse == Matrix.identity(3), inverse[0, 1])
hilbert = Matrix([[Fraction(1, i + j + 1) for j in range(4)] for i in range(4)])
print(hilbert)
print("det", hilbert.solve(Matrix.identity(4))[1])
try:
    Matrix([[1, 2], [2, 4]]).solve(Matrix.identity(2))
except ZeroDivisionError as error:
    print("error:", error)
points = ((0, 1), (1, 3), (2, 4), (3, 4), (5, 9))
left = Matrix([[1, x] for x, _ in points])
right = Matrix([[y] for _, y in points])
line, _ = (left.T * left).solve(left.T * right)
print("y = %s + %s x" % (line[0, 0], line[1, 0]), "~ %.3f" % (line[1, 0].num / line[1, 0].den))
