"""The open programs of corpus/heap, measured with recorded inputs that the tool does not know: as they stand, and with answers to what
the report asks (`--assume`), which are in open/answers.tsv. How much is not known is a bar of what is answered only: a text that grows
with its input, or what a radio brings, has no end but what somebody says."""
import csv
import dataclasses
import math
import statistics

import heap_measured
import heap_standins
from heap_engines import names, sizes
from heap_events import blocks, interval_text
from heap_measured import ENGINES, Estimate, Line
from heap_report import Bar, heading, percent, table

CLOSED_ONLY = {"qemu"}
LARGEST = 3  # sites that are to be named in order


@dataclasses.dataclass(frozen=True)
class Result:
    program: str
    engine: str
    runs: dict
    found: dict
    answer: object
    lines_of: dict
    is_answered: bool
    standins: dict  # lines that make or use one: the part itself may ask for more

    @property
    def failure(self):
        return self.answer.failure

    def outside(self):
        """What was measured and is not inside its estimate: input, line, what was measured, what is foretold."""
        for number, run in self.runs.items():
            for at, line in sorted(run.lines.items()):
                estimate = self.found.get(at, Estimate())
                if line.largest is not None and not self.is_inside(at, (line.largest, line.kept), estimate):
                    yield number, at, line, estimate

    def is_inside(self, at, measured, estimate):
        """Points within a function that a line calls see what is given back later. Stand-ins make names, too, so that a table of names
        grows by more than foretold."""
        least = 0 if at in self.standins else estimate.lo
        is_of_names = any(one.is_of_names for one in estimate.events)
        most = math.inf if self.standins.get(at) == heap_standins.CONSTRUCTOR or is_of_names else estimate.hi
        return measured[0] in estimate.passing or any(
            from_ <= one <= to for one in measured for from_, to in [(least, most), *estimate.others])

    def largest(self):
        """By line: the most over all inputs, where something was asked for, by the program and not by a stand-in, and what is foretold
        says that its failure would be an error. What the firmware keeps names in is not ranked: the line at which that is full
        depends on the names of the probe, too."""
        most = {}
        for run in self.runs.values():
            for at, line in run.lines.items():
                if line.largest and line.kept and at not in self.standins:
                    most[at] = max(most.get(at, 0), next((size for size in line.sizes() if not self.is_unranked(at, size)), 0))
        return {at: size for at, size in most.items() if size}

    def is_unranked(self, at, size):
        """Whether only such requests are foretold to be so large there."""
        block = ENGINES[self.engine][1]
        ranked = {one.hard and not one.is_of_names for one in self.found.get(at, Estimate()).events if blocks(one.hi, block) >= size}
        return ranked == {False}

    def tightness(self):
        """Of lines where less than what was measured is foretold: infinite."""
        found = [(self.found.get(at, Estimate()).hi, size) for at, size in self.largest().items()]
        return [hi / size if hi >= size else math.inf for hi, size in found]

    def bytes_of(self):
        """All, and those of lines that are tagged at-least or unknown."""
        every = unknown = 0
        for run in self.runs.values():
            for at, line in run.lines.items():
                every += line.taken
                unknown += 0 if self.found.get(at, Estimate()).is_known else line.taken
        return every, unknown

    def named(self):
        """Lines of the requests, the largest first, as the report names them: by what is sure. What is asked for at one of several lines
        has them all."""
        found, seen = [], set()
        for one in sorted(self.answer.report.get("requests", []), key=lambda one: -one["lo"]):
            if one["hard"] and one["phase"] != "load" and self.is_here(one):
                lines = tuple(dict.fromkeys(self.line_of(place) for place in (one, *one["or_at"]) if self.is_here(place)))
                if not seen & {*lines}:
                    found.append(lines)
                seen |= {*lines}
        return found

    def is_here(self, place):
        return place["file"].rsplit("/", 1)[-1] == f"{self.program}.py"

    def line_of(self, place):
        return self.lines_of.get(place["line"], (place["line"], 0))[0]

    def order(self):
        """The largest by what is named first, and by what was measured: lines and blocks. Lines that are named together are one. Those
        of which one uses a stand-in are left out, since a container that grows there does not at the others."""
        measured, named = self.largest(), self.named()
        apart = {line for lines in named for line in lines if self.standins.keys() & {*lines}}
        sizes = {lines: max(measured.get(line, 0) for line in lines) for lines in named if not apart & {*lines}}
        told = [*sizes.items()][:LARGEST]
        for lines in sizes:
            for line in lines:
                measured.pop(line, None)
        sizes |= {(line,): size for line, size in measured.items() if line not in apart}
        return told, sorted(sizes.items(), key=lambda one: -one[1])[:LARGEST]

    def is_named_right(self):
        told, wanted = self.order()
        return not self.failure and [size for _, size in told] == [size for _, size in wanted]


def order_text(sites):
    return " ".join(f"{'|'.join(map(str, lines))}:{size}" for lines, size in sites)


def answers(folder):
    """What the command line says of each program that has answers."""
    found = {}
    with (folder / "answers.tsv").open() as file:
        for row in csv.DictReader(file, delimiter="\t"):
            found.setdefault(row["program"], []).extend(["--assume", f"{row['program']}.py:{row['line']}={row['at most']}"])
    return found


def load(tool, data, options):
    jobs, said = [], answers(data.heap / "open")
    for engine in ENGINES:
        if engine not in CLOSED_ONLY:
            runs = heap_measured.read(data.heap / "measured" / f"{engine}.tsv")
            jobs += [(engine, path, runs[f"open/{path.name}"], is_answered) for path in names(options, data, "open")
                     if f"open/{path.name}" in runs for is_answered in (False, True)]
    return evaluated(tool, data, jobs, said)


def load_unseen(tool, data, options):
    """What was measured is beside them."""
    folder, jobs = data.heap / "unseen", []
    for engine in ENGINES:
        if engine not in CLOSED_ONLY:
            runs = heap_measured.read(folder / "measured" / f"{engine}.tsv")
            jobs += [(engine, path, runs[f"unseen/{path.name}"], False) for path in names(options, data, "unseen")]
    return evaluated(tool, data, jobs, {})


def evaluated(tool, data, jobs, said):

    def evaluate(job):
        engine, path, runs, is_answered = job
        target, block = ENGINES[engine]
        answer, code = tool.answer(str(path), target, *(said.get(path.stem, []) if is_answered else [])), path.read_text()
        found = {} if answer.failure else heap_measured.estimates(answer, code, block)
        lines = heap_measured.statement_lines(code)
        return Result(path.stem, engine, runs, found, answer, lines, is_answered, heap_standins.lines_of(code, data.heap / "standins", lines))

    return tool.map(evaluate, jobs)


def bench(tool, data, options):
    return judged(load(tool, data, options), "open", options)


def bench_unseen(tool, data, options):
    return judged(load_unseen(tool, data, options), "unseen", options)


def judged(results, section, options):
    bars = []
    if options.explain:
        for one in results:
            explain(one)
        return bars
    for engine in ENGINES:
        for is_answered in (False, True):
            chosen = [one for one in results if one.engine == engine and one.is_answered == is_answered]
            if chosen:
                bars += bench_engine(section, engine, chosen, ", answered" if is_answered else "")
    return bars


def bench_engine(section, engine, results, how):
    heading(f"{section.capitalize()} programs on {engine} ({ENGINES[engine][0]}){how}")
    lines, outside = [], []
    for one in results:
        wrong = [] if one.failure else list(one.outside())
        outside += [(one, *place) for place in wrong]
        every, unknown = one.bytes_of()
        named, wanted = one.order()
        lines.append([one.program, len(one.runs), len(one.largest()), len(wrong), one.failure[:40] or f"{statistics.median(one.tightness()):.2f}",
                      percent(unknown, every), order_text(wanted), order_text(named), "yes" if one.is_named_right() else "NO"])
    table(["program", "inputs", "lines", "outside", "tightness", "not known", "largest, line:blocks", "named", ""], lines)
    seen = {}
    for one, number, at, line, estimate in outside:
        seen.setdefault((one.program, at, line.largest, interval_text(estimate.lo, estimate.hi)), []).append(number)
    if seen:
        print()
        table(["program", "line", "measured", "foretold", "inputs"], [[*key, " ".join(map(str, numbers))] for key, numbers in seen.items()])
    tightness = [one for result in results for one in (result.tightness() if not result.failure else [math.inf])]
    every, unknown = (sum(one) for one in zip(*(result.bytes_of() for result in results)))
    right, failed = sum(one.is_named_right() for one in results), sum(bool(one.failure) for one in results)
    return [Bar(section, f"{engine}{how}: measured requests outside their estimate", f"{len(outside)}, {failed} programs fail", "0",
                not outside and not failed),
            Bar(section, f"{engine}{how}: median tightness", f"{statistics.median(tightness):.2f}", "<= 2", statistics.median(tightness) <= 2),
            Bar(section, f"{engine}{how}: bytes of sites that are not known", percent(unknown, every), "<= 20 %" if how else "<= 20 %, answered",
                unknown <= 0.2 * every and not failed if how else None),
            Bar(section, f"{engine}{how}: three largest sites in order", f"{right} of {len(results)}", ">= 80 %", right >= 0.8 * len(results))]


def explain(result):
    block = ENGINES[result.engine][1]
    print(f"\n{result.program} on {result.engine}{', answered' if result.is_answered else ''}: {result.failure or f'named {result.named()}'}\n")
    rows = []
    for at in sorted({at for run in result.runs.values() for at in run.lines}):
        estimate = result.found.get(at, Estimate())
        lines = [run.lines.get(at, Line(largest=None)) for run in result.runs.values()]
        measured = [one.largest for one in lines]
        if any(measured) or estimate.hi:
            is_inside = all(result.is_inside(at, (one.largest, one.kept), estimate) for one in lines if one.largest is not None)
            reasons = "; ".join(sorted({one.reason for one in estimate.events if one.reason}))
            rows.append([at, " ".join("–" if one is None else str(one) for one in measured), interval_text(estimate.lo, estimate.hi),
                         result.standins.get(at, "") if is_inside else "OUTSIDE", sizes(estimate.events, block, 8), reasons])
    table(["line", "largest by input", "foretold", "", "events", "reasons"], rows)
