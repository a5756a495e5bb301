"""What an allocator is asked for, in order: as a build logged it, as a row of corpus/heap/rows.json tells it, and as
`fraglint heap --log` foretells it."""
import ast
import bisect
import csv
import dataclasses
import itertools
import json
import math
import re

NEW, GROW, SHRINK, FREE, COLLECT = "new", "grow", "shrink", "free", "collect"
OF_TOOL = {"request": NEW, "resize": GROW, "shrink": SHRINK, "free": FREE, "collect": COLLECT}
# `=`: so many blocks as before, so that nothing happens; X: failed.
OF_LOG = {"A": NEW, "M": GROW, "R": GROW, "S": SHRINK, "F": FREE, "G": COLLECT}
OF_ROW = {"": NEW, "M": GROW, "R": GROW, "s": SHRINK, "f": FREE}


@dataclasses.dataclass(frozen=True)
class Event:
    """`lo` and `hi` are bytes, the same where they are known; `hi` may be infinite. What a log does not say is left as it is."""
    kind: str
    lo: float
    hi: float
    line: int = 0
    hard: bool = True
    may: bool = False
    phase: str = "set-up"
    before: float = 0
    reason: str = ""
    run: int = 0
    column: int = 0

    @property
    def is_request(self):
        return self.kind in (NEW, GROW)

    @property
    def is_of_names(self):
        """What making a name known may ask for, if the table is full (analyzer/evaluator/name_table.h)."""
        return self.run >= 1 << 31

    @property
    def is_exact(self):
        return self.lo == self.hi and not self.may

    def __str__(self):
        size = "" if self.kind == COLLECT else f" {interval_text(self.lo, self.hi)}"
        words = [f"{self.kind}{size}", "" if self.hard else "soft", "may" if self.may else "", self.reason]
        return " ".join(filter(None, words))


def blocks(size, block=16):
    return math.inf if size == math.inf else -(-int(size) // block)


def number_text(size):
    return "∞" if size == math.inf else f"{size:,}" if isinstance(size, int) else f"{size:g}"


def interval_text(lo, hi):
    return number_text(lo) if lo == hi else f"[{number_text(lo)}, {number_text(hi)}]"


# Logs of builds.

def log_events(path):
    """The events of a log, without those that change nothing. The old run of one that moved is freed next: that is left out, too, since
    whether it moves depends on where it lies."""
    with open(path, newline="") as file:
        rows = list(csv.DictReader(file))
    found, freed = [], False
    for at, row in enumerate(rows):
        if freed:
            freed = False
            if row["kind"] == "F" and row["new_blocks"] == "0" and row["old_blocks"] == rows[at - 1]["old_blocks"]:
                continue
        freed = row["kind"] == "M"
        if row["kind"] in OF_LOG:
            size = int(row["bytes"])
            found.append(Event(OF_LOG[row["kind"]], size, size, int(row["line"]), row["hard_or_soft"] != "s"))
    return found


def with_class_lines(events, code):
    """A build counts what a class's body does before its first statement, the storing of `__module__` and `__qualname__`, on line 1: each
    piece of bytecode begins there, and for a class the compiler sets no other line (py/compile.c, emitbc.c). That is compared at the line
    of the `class` statement, where the tool shows it."""
    heads = {node.lineno for node in ast.walk(ast.parse(code)) if isinstance(node, ast.ClassDef)}
    found = []
    for one in events:
        is_of_class = one.line == 1 and found and found[-1].line in heads
        found.append(dataclasses.replace(one, line=found[-1].line) if is_of_class else one)
    return found


def row_events(text):
    """`16x2 M40 f16` as events, likewise; None for what was not logged."""
    if text is None:
        return None
    words = []
    for word in text.split() if text != "-" else []:
        kind, size, times = re.fullmatch(r"([MRsf=]?)(\d+)(?:x(\d+))?", word).groups()
        words += itertools.repeat((kind, int(size)), int(times or 1))
    found = []
    for at, (kind, size) in enumerate(words):
        if kind == "=" or (kind == "f" and at and words[at - 1][0] == "M"):
            continue
        found.append(Event(OF_ROW[kind], size, size))
    return found


# What the tool says.

def interval_of(value):
    if isinstance(value, dict):
        return value["lo"], math.inf if value.get("hi") is None else value["hi"]
    return (0, 0) if value is None else (value, value)


def tool_events(text):
    """The lines of `--log`."""
    found = []
    for line in text.splitlines():
        one = json.loads(line)
        lo, hi = interval_of(one.get("bytes"))
        found.append(Event(OF_TOOL[one["event"]], lo, hi, one.get("line", 0), one.get("hard", True), one.get("may", False),
                           one.get("phase", "set-up"), interval_of(one.get("before"))[1], one.get("reason", ""), one.get("run", 0), one.get("column", 0)))
    return found


def running(events):
    """Without what loading asks for."""
    return [one for one in events if one.phase != "load"]


def common(expected, got):
    """The length of the longest common subsequence, by Hunt and Szymanski: cheap where most of the two is the same."""
    places = {}
    for at, one in enumerate(got):
        places.setdefault(one, []).append(at)
    begin = 0
    while begin < min(len(expected), len(got)) and expected[begin] == got[begin]:
        begin += 1
    end = 0
    while end < min(len(expected), len(got)) - begin and expected[-1 - end] == got[-1 - end]:
        end += 1
    return begin + end + middle(expected[begin:len(expected) - end], places, begin, len(got) - end)


def middle(expected, places, first, last):
    ends = []  # by length: the smallest place where such a subsequence ends
    for one in expected:
        for at in reversed(places.get(one, [])):
            if first <= at < last:
                where = bisect.bisect_left(ends, at)
                ends[where:where + 1] = [at]
    return len(ends)
