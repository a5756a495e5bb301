"""The closed programs of corpus/heap on the engines: the largest visible request of each line."""
import dataclasses
import functools

import heap_measured
from heap_events import blocks, interval_text
from heap_measured import ENGINES, Estimate
from heap_report import Bar, heading, percent, table

MOST = 60  # lines that are listed of an engine


@dataclasses.dataclass(frozen=True)
class Programs:
    """Those that need no input: their folder, and that of what was measured."""
    folder: str
    measured: str

    def paths(self, options, data):
        return names(options, data, self.folder)

    def runs(self, data, engine):
        return heap_measured.read(data.heap / self.measured / f"{engine}.tsv")

    def run(self, runs, path):
        return runs.get(f"{self.folder}/{path.name}", {}).get(1)


CLOSED = Programs("closed", "measured")


@dataclasses.dataclass(frozen=True)
class Result:
    program: str
    engine: str
    run: heap_measured.Run
    found: dict
    failure: str
    elsewhere: list = dataclasses.field(default_factory=list)  # blocks of requests that are measured with another statement, at most
    known: dict = dataclasses.field(default_factory=dict)  # places where the measurement is known to be of another statement

    def compared(self):
        """Line, what was measured, and what is foretold, of lines where either is something."""
        for number, line in sorted(self.run.lines.items()):
            estimate = self.found.get(number, Estimate())
            if line.largest is not None and (line.kept or estimate.hi):
                yield number, line, estimate

    @staticmethod
    def is_equal(line, estimate):
        return estimate.lo == estimate.hi and estimate.lo in (line.largest, line.kept)

    def is_inside(self, line, estimate):
        most = max(estimate.hi, self.unseen)
        return line.largest in estimate.passing or any(
            from_ <= one <= to for one in (line.largest, line.kept) for from_, to in [(estimate.lo, most), *estimate.others])

    @functools.cached_property
    def unseen(self):
        """The most that is asked for where the probe has no points: that is measured with the statement that calls it."""
        functions = [self.found[number].hi for number, line in self.run.lines.items() if line.largest is None and number in self.found]
        return max([*functions, *self.elsewhere], default=0)

    def count(self, matches):
        return sum(matches(line, estimate) for _, line, estimate in self.compared())

    @property
    def equal(self):
        return 0 if self.failure else self.count(self.is_equal)

    @property
    def outside(self):
        return [] if self.failure else [one for one in self.compared() if not self.is_inside(*one[1:]) and (self.program, one[0]) not in self.known]


def known_lines(data, engine):
    """Why a figure is not of its line, by program and line."""
    path = data.heap / "lines-known.tsv"
    rows = [line.split("\t") for line in path.read_text().splitlines()[1:]] if path.exists() else []
    return {(program, int(line)): why for program, line, engines, why in rows if engines == "*" or engine in engines.split()}


def names(options, data, folder):
    return [one for one in sorted((data.heap / folder).glob("*.py")) if not options.program or one.stem in options.program]


def load(tool, data, options, of):
    jobs = []
    for engine in [one for one in ENGINES if (data.heap / of.measured / f"{one}.tsv").exists()]:
        runs = of.runs(data, engine)
        for path in of.paths(options, data):
            kept = of.run(runs, path)
            if kept and kept.end == "completed":
                jobs.append((engine, path, kept))

    def evaluate(job):
        engine, path, run = job
        target, block = ENGINES[engine]
        answer = tool.answer(str(path), target)
        code = path.read_text()
        found = {} if answer.failure else heap_measured.estimates(answer, code, block)
        is_in_lambda = heap_measured.is_in_lambda(code)
        elsewhere = [blocks(one.hi, block) for one in answer.events if is_in_lambda(one) or heap_measured.is_traceback(one)]
        return Result(path.stem, engine, run, found, answer.failure, elsewhere, known_lines(data, engine))

    return tool.map(evaluate, jobs)


def bench(tool, data, options, of=CLOSED):
    results, bars = load(tool, data, options, of), []
    if options.explain:
        for one in results:
            explain(one)
        return bars
    heading(f"Programs of {of.folder}/ on the engines: the largest visible request of each line, in blocks")
    lines, by_program, outside = [], {}, []
    for engine, (target, _) in ENGINES.items():
        of_engine = [one for one in results if one.engine == engine]
        if not of_engine:
            continue
        compared, equal = sum(one.count(lambda *_: True) for one in of_engine), sum(one.equal for one in of_engine)
        failed = sum(bool(one.failure) for one in of_engine)
        wrong = [(one, *place) for one in of_engine for place in one.outside]
        outside += wrong
        lines.append([engine, target, len(of_engine), failed, compared, equal, percent(equal, compared), len(wrong)])
        bars.append(Bar("engines", f"{engine}: lines equal in blocks", percent(equal, compared), ">= 90 %", equal >= 0.9 * compared))
        bars.append(Bar("sound", f"{engine}: lines of closed programs", f"{len(wrong)} outside, {failed} programs fail", "0",
                        not wrong and not failed))
        for one in of_engine:
            cell = one.failure[:20] or f"{one.equal}/{one.count(lambda *_: True)}" + (f" !{len(one.outside)}" if one.outside else "")
            by_program.setdefault(one.program, {})[engine] = cell
    table(["engine", "target", "programs", "fails", "lines", "equal", "", "outside"], lines)
    print("\nLines equal, of those with requests (! outside):\n")
    table(["program", *ENGINES], [[name, *(cells.get(engine, "–") for engine in ENGINES)] for name, cells in by_program.items()])
    if outside:
        print("\nOutside:\n")
        shown = [place for engine in ENGINES for place in [one for one in outside if one[0].engine == engine][:MOST]]
        table(["engine", "program", "line", "measured", "foretold", "all that was measured"],
              [[one.engine, one.program, number, line.largest, interval_text(estimate.lo, estimate.hi), line.requests]
               for one, number, line, estimate in shown])
        if len(shown) < len(outside):
            print(f"\n… and {len(outside) - len(shown)} more; --program and --explain show them")
    return bars


def explain(result):
    target, block = ENGINES[result.engine]
    print(f"\n{result.program} on {result.engine} ({target}), blocks of {block} B: {result.failure or f'{result.equal} lines equal'}\n")
    table(["line", "times", "largest", "foretold", "", "heaviest of each statement", "foretold of the line"],
          [[number, line.times, line.largest, interval_text(estimate.lo, estimate.hi),
            "" if result.is_equal(line, estimate) else "within" if result.is_inside(line, estimate) else "OUTSIDE",
            line.requests, sizes(estimate.events, block)] for number, line, estimate in result.compared()])


def sizes(events, block, most=16):
    """Blocks in order of the events, `3*` those that may not happen."""
    words = [interval_text(blocks(one.lo, block), blocks(one.hi, block)) + ("*" if one.may else "") for one in events]
    return " ".join(words[:most]) + (f" … ({len(words)})" if len(words) > most else "")
