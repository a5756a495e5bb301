"""The statements of corpus/heap/rows.json: what the builds were asked for, and what the tool foretells."""
import dataclasses
import json
import textwrap

from heap_events import FREE, SHRINK, blocks, running
from heap_events import row_events
from heap_report import Bar, heading, percent, side_by_side, table

# The column of rows.json, and the target that is to foretell it.
LOGS = {"micropython-unix-32": "micropython/unix-32", "micropython-unix-32-repr-c": "micropython/unix-32-repr-c",
        "circuitpython-unix-32": "circuitpython/unix-32"}
DELTAS = {"unix-32-1.25_delta": "micropython/unix-32-1.25", "webassembly-1.27_delta": "micropython/webassembly",
          "microbit-1.9.2_delta": "micropython/microbit"}
MARK = "[]"


@dataclasses.dataclass(frozen=True)
class Result:
    row: dict
    target: str
    expected: list
    got: list
    failure: str
    has_unknown: bool  # something was evaluated whose cost the tool says it does not know

    @property
    def is_equal(self):
        return not self.failure and requests(self.expected) == requests(self.got)

    @property
    def is_equal_with_frees(self):
        return self.is_equal and everything(self.expected) == everything(self.got)

    @property
    def is_sound(self):
        """The largest request lies in what the statement is said to ask for."""
        if self.failure:
            return True
        largest = max((one.lo for one in self.expected if one.is_request), default=0)
        sure = max((one.lo for one in self.got if one.is_request and not one.may), default=0)
        most = max((one.hi for one in self.got if one.is_request), default=0)
        return sure <= largest and (largest <= most or self.has_unknown)


def requests(events):
    return [(one.kind, one.lo, one.hi) for one in events if one.is_request]


def everything(events):
    """With what is freed, in blocks, since a log rounds that."""
    return [(one.kind, blocks(one.lo)) if one.kind == FREE else (one.kind, one.lo, one.hi) for one in events
            if one.is_request or one.kind in (FREE, SHRINK)]


def program_of(row):
    """The program, and the lines of the marks before and after the statement. The builds had set-up and statement in one function."""
    lines = row["pre"].rstrip("\n").split("\n") if row["pre"].strip() else []
    lines.append("def measured():")
    inner = [*(row["setup"].split("\n") if row["setup"] else []), MARK]
    first = len(lines) + len(inner)
    inner += row["stmt"].split("\n") + [MARK]
    last = len(lines) + len(inner)
    code = "\n".join([*lines, textwrap.indent("\n".join(inner), "    "), "measured()", ""])
    return code, first, last


def between(events, first, last):
    """The events between those of two lines; None where one of the lines had none."""
    begins = [at for at, one in enumerate(events) if one.line == first]
    ends = [at for at, one in enumerate(events) if one.line == last]
    return events[begins[-1] + 1:ends[0]] if begins and ends else None


def evaluate(tool, row, column):
    target = LOGS[column]
    code, first, last = program_of(row)
    answer = tool.answer_text(code, target)
    got = between(running(answer.events), first, last)
    # A row was logged where no table of names was full.
    got = got and [one for one in got if not one.is_of_names]
    failure = answer.failure or ("" if got is not None else "the statement is not reached")
    return Result(row, target, row_events(row[column]), got or [], failure, bool(answer.report.get("unknown")))


def evaluate_delta(tool, row, column):
    """What is in use more at the end of the statement, garbage included, and what was measured."""
    code, first, last = program_of(row)
    answer = tool.answer_text(code, DELTAS[column])
    got = between(running(answer.events), first, last)
    got = got and [one for one in got if not one.is_of_names]
    if got is None or any(not one.is_exact for one in got):
        return None
    taken = 0
    for one in got:
        if one.is_request:
            taken += 16 * (blocks(one.lo) - blocks(one.before))
        elif one.kind == SHRINK:
            taken -= 16 * (blocks(one.before) - blocks(one.lo))
        elif one.kind == FREE:
            taken -= 16 * blocks(one.lo)
    return taken


def known(path):
    """Why a row differs, by its name and target."""
    lines = path.read_text().splitlines()[1:] if path.exists() else []
    return {tuple(line.split("\t")[:2]): line.split("\t")[2] for line in lines if line}


def why(reasons, result):
    return reasons.get((result.row["name"], result.target)) or reasons.get((result.row["name"], "*"), "")


def short(text, width=60):
    return text if len(text) <= width else text[:width - 1] + "…"


def written(events):
    return " ".join({"new": "", "grow": "G", "shrink": "s", "free": "f"}.get(one.kind, one.kind) +
                    (f"{one.lo}" if one.is_exact else f"[{one.lo},{one.hi}]") for one in events) or "-"


def bench(tool, data, options):
    """The bars over all rows, and those that differ."""
    rows = json.loads((data.heap / "rows.json").read_text())["rows"]
    reasons = known(data.heap / "rows-known.tsv")
    chosen = [row for row in rows if not options.program or row["name"] in options.program]
    jobs = [(row, column) for column in LOGS for row in chosen if column in row]
    results = tool.map(lambda job: evaluate(tool, *job), jobs)
    summary, bars, contradicted = [], [], []
    heading("Rows: ordered requests of single statements")
    for target in LOGS.values():
        of_target = [one for one in results if one.target == target]
        if not of_target:
            continue
        equal = sum(one.is_equal for one in of_target)
        explained = sum(not one.is_equal and bool(why(reasons, one)) for one in of_target)
        summary.append([target, len(of_target), equal, percent(equal, len(of_target)), sum(one.is_equal_with_frees for one in of_target),
                        sum(bool(one.failure) for one in of_target), explained])
        bars.append(Bar("rows", target, f"{equal} of {len(of_target)} equal", ">= 95 %", equal >= 0.95 * len(of_target)))
        contradicted += [one for one in of_target if not one.is_sound]
    table(["target", "rows", "equal", "", "frees, too", "fails", "known why"], summary)
    bars.append(Bar("rows", "every difference has its reason", f"{sum(not one.is_equal and not why(reasons, one) for one in results)} without",
                    "0", all(one.is_equal or why(reasons, one) for one in results)))
    failed = sum(bool(one.failure) for one in results)
    bars.append(Bar("sound", "rows", f"{len(contradicted)} contradicted, {failed} fail", "0", not contradicted and not failed))
    if options.explain:
        for one in results:
            explain(one)
    else:
        different = [one for one in results if not one.is_equal]
        if different:
            print("\nRows that differ (f freed, s shrunk, G grown; ! the largest request is contradicted):\n")
            table(["row", "target", "statement", "logged", "foretold", "why"],
                  [[("! " if not one.is_sound else "") + one.row["name"], one.target.replace("python/unix", ""),
                    short(one.row["stmt"].replace("\n", "⏎"), 40), short(written(one.expected), 50),
                    short(one.failure or written(one.got), 50), why(reasons, one)] for one in different])
    bench_deltas(tool, chosen)
    return bars


def bench_deltas(tool, rows):
    """No bar: by how much the heap in use grows, on engines whose requests nobody logged."""
    lines = []
    for column, target in DELTAS.items():
        there = [row for row in rows if row.get(column) is not None]
        found = tool.map(lambda row: evaluate_delta(tool, row, column), there)
        same = sum(one == row[column] for row, one in zip(there, found))
        lines.append([target, len(there), same, percent(same, len(there)), sum(one is None for one in found)])
    print("\nBytes more in use after a statement, garbage included (no bar):\n")
    table(["target", "rows", "equal", "", "not exact"], lines)


def explain(result):
    row = result.row
    print(f"\n{row['name']} on {result.target}: {'equal' if result.is_equal else 'DIFFERENT'}{', ' + result.failure if result.failure else ''}")
    print(textwrap.indent(program_of(row)[0], "  | "))
    side_by_side([str(one) for one in result.expected], [f"{one}" for one in result.got], [f"{one.line}" for one in result.got])
