"""Tables and bars on standard output."""
import dataclasses
import difflib

MANY = 2000  # events: more are aligned roughly

@dataclasses.dataclass(frozen=True)
class Bar:
    """One of shared wording: what is to hold, and whether it does. `holds` is None where it could not be tried, or is only told."""
    section: str
    what: str
    found: str
    wanted: str
    holds: bool | None


def heading(text):
    print(f"\n## {text}\n")


def percent(part, whole):
    return f"{100 * part / whole:.1f} %" if whole else "–"


def table(header, rows):
    """As Markdown, columns aligned; numbers to the right."""
    cells = [[str(cell) for cell in row] for row in rows]
    widths = [max(len(line[at]) for line in [header, *cells]) for at in range(len(header))]
    right = [all(isinstance(row[at], (int, float)) or str(row[at]).endswith(" %") for row in rows) and bool(rows) for at in range(len(header))]

    def line(values):
        return "| " + " | ".join(one.rjust(width) if is_right else one.ljust(width) for one, width, is_right in zip(values, widths, right)) + " |"

    print(line(header))
    print("|" + "|".join("-" * (width + 1) + (":" if is_right else "-") for width, is_right in zip(widths, right)) + "|")
    for row in cells:
        print(line(row))


def aligned(left, right):
    """As difflib's opcodes. What is the same at both ends is taken off first: difflib is slow where there is much of it."""
    begin, end, most = 0, 0, min(len(left), len(right))
    while begin < most and left[begin] == right[begin]:
        begin += 1
    while end < most - begin and left[-1 - end] == right[-1 - end]:
        end += 1
    yield "equal", 0, begin, 0, begin
    inner = left[begin:len(left) - end], right[begin:len(right) - end]
    is_long = max(map(len, inner)) > MANY
    for tag, i, j, k, m in difflib.SequenceMatcher(None, *inner, autojunk=is_long).get_opcodes():
        yield tag, i + begin, j + begin, k + begin, m + begin
    yield "equal", len(left) - end, len(left), len(right) - end, len(right)


def side_by_side(expected, got, notes=None, keys=None, context=None):
    """Two lists of texts beside each other, aligned. What is the same is decided by `keys`, a pair of lists, where it is given;
    `context`: so many lines around what differs are shown, else all."""
    notes = notes or [""] * len(got)
    left, right = keys or (expected, got)
    width = max([len(one) for one in expected] + [8])
    lines = []
    for tag, i, j, k, m in aligned(left, right):
        for at in range(max(j - i, m - k)):
            one = expected[i + at] if i + at < j else ""
            two, note = (got[k + at], notes[k + at]) if k + at < m else ("", "")
            lines.append((tag == "equal", f"  {' ' if tag == 'equal' else '*'} {one.ljust(width)} | {two}" + (f"   (line {note})" if note else "")))
    print(f"    {'logged'.ljust(width)} | foretold")
    shown = set()
    for at, (is_same, _) in enumerate(lines):
        if context is None or not is_same:
            shown.update(range(at - (context or 0), at + (context or 0) + 1))
    before = -1
    for at, (_, text) in enumerate(lines):
        if at in shown:
            if at != before + 1:
                print("    …")
            print(text)
            before = at
