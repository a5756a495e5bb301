# Dates without a clock: day numbers, comparison, differences, weekdays, and a calendar page.
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def is_leap(year):
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def days_in(year, month):
    if month == 2:
        return 29 if is_leap(year) else 28
    return 30 if month in (4, 6, 9, 11) else 31


class Date:
    def __init__(self, year, month, day):
        if not 1 <= month <= 12 or not 1 <= day <= days_in(year, month):
            raise ValueError("no such date: %d-%d-%d" % (year, month, day))
        self.year, self.month, self.day = year, month, day

    @classmethod
    def parse(cls, text):
        return cls(*[int(part) for part in text.split("-")])

    @classmethod
    def from_ordinal(cls, n):
        year = n // 366 + 1
        while Date(year + 1, 1, 1).ordinal <= n:
            year += 1
        n -= Date(year, 1, 1).ordinal
        month = 1
        while n >= days_in(year, month):
            n -= days_in(year, month)
            month += 1
        return cls(year, month, n + 1)

    @property
    def ordinal(self):
        y = self.year - 1
        total = y * 365 + y // 4 - y // 100 + y // 400
        for m in range(1, self.month):
            total += days_in(self.year, m)
        return total + self.day

    @property
    def weekday(self):
        return DAYS[(self.ordinal - 1) % 7]

    def __sub__(self, other):
        if isinstance(other, Date):
            return self.ordinal - other.ordinal
        return Date.from_ordinal(self.ordinal - other)

    def __add__(self, days):
        return Date.from_ordinal(self.ordinal + days)

    def __lt__(self, other):
        return self.ordinal < other.ordinal

    def __eq__(self, other):
        return self.ordinal == other.ordinal

    def __hash__(self):
        return self.ordinal

    def __str__(self):
        return "{} {:2d} {} {:04d}".format(self.weekday, self.day, MONTHS[self.month - 1], self.year)

    def __repr__(self):
        return f"Date({self.year}, {self.month}, {self.day})"


def calendar(year, month):
    first = (Date(year, month, 1).ordinal - 1) % 7
    cells = ["  "] * first + ["%2d" % d for d in range(1, days_in(year, month) + 1)]
    print("%s %d" % (MONTHS[month - 1], year))
    for week in range(0, len(cells), 7):
        print(" ".join(cells[week:week + 7]))


diary = {}
for when, what in (("2024-02-29", "leap"), ("1969-07-20", "moon"), ("2000-01-01", "party"), ("2024-12-24", "tree")):
    diary[Date.parse(when)] = what
for date in sorted(diary):
    print(date, diary[date])
moon, party = Date(1969, 7, 20), Date(2000, 1, 1)
print(party - moon, moon in diary, Date(1999, 9, 9) in diary)
print(repr(party + 59), str(party + 60), party - 1)
for text in ("2023-02-29", "2023-13-01", "soon"):
    try:
        print(Date.parse(text))
    except ValueError as error:
        print("refused:", error.args[0])
print(sorted(diary)[-1], "/", min(diary, key=lambda date: date.day))
calendar(2024, 2)
