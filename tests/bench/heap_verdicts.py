"""Whether a program runs in a heap: what the tool says, and what becomes of it."""
import dataclasses

from heap_engines import CLOSED
from heap_real import there
from heap_report import Bar, heading, percent, table

FITS, RISK, FAILS = "fits", "at-risk", "will-fail"
# Of the smallest heap that the program was measured in; and bytes more than that.
SIZES = [(0.5, 0), (0.8, 0), (1, 128), (1.25, 0), (2, 0), (4, 0)]


@dataclasses.dataclass(frozen=True)
class Result:
    program: str
    heap: int
    factor: float
    runs: bool
    verdict: str

    @property
    def is_wrong(self):
        return self.verdict == FITS and not self.runs or self.verdict == FAILS and self.runs


def size_of(smallest, factor, more):
    return int(smallest * factor + more) // 16 * 16


def bench(tool, data, options, of=CLOSED):
    bars = []
    for real in there(data):
        results = load(tool, data, options, real, of)
        real.keep()
        if results:
            bars += bench_engine(real, results, options)
    return bars


def load(tool, data, options, real, of):
    runs = of.runs(data, real.name)
    jobs = []
    for path in of.paths(options, data):
        smallest = of.run(runs, path).smallest_heap
        jobs += [(path, factor, size_of(smallest, factor, more)) for factor, more in SIZES if smallest]

    def evaluate(job):
        path, factor, heap = job
        answer = tool.answer(str(path), real.target, "--heap", str(heap))
        return Result(path.stem, heap, factor, real.completes(path, heap), answer.report.get("verdict", f"? {answer.failure}"))

    return tool.map(evaluate, jobs)


def bench_engine(real, results, options):
    heading(f"Verdicts: {len(results)} runs on {real.name} ({real.target})")
    rows = []
    for factor, more in SIZES:
        for runs in (True, False):
            of = [one for one in results if one.factor == factor and one.runs == runs]
            if of:
                counts = [sum(one.verdict == word for one in of) for word in (FITS, RISK, FAILS)]
                rows.append([f"{factor} x" + (f" + {more}" if more else ""), "runs" if runs else "fails", len(of), *counts, len(of) - sum(counts)])
    table(["heap, of the smallest", "really", "count", FITS, RISK, FAILS, "no verdict"], rows)
    wrong = [one for one in results if one.is_wrong]
    if wrong or options.explain:
        print()
        table(["program", "heap", "really", "verdict"],
              [[one.program, one.heap, "runs" if one.runs else "fails", one.verdict] for one in (results if options.explain else wrong)])
    count, none = len(results), sum(one.verdict not in (FITS, RISK, FAILS) for one in results)
    risk = sum(one.verdict == RISK for one in results)
    fits, fails = sum(one.verdict == FITS for one in wrong), sum(one.verdict == FAILS for one in wrong)
    return [Bar("verdicts", f"{real.name}: \"fits\" that fails", f"{fits}, {none} without a verdict", "0", fits == 0 and not none),
            Bar("verdicts", f"{real.name}: \"will-fail\" that runs", f"{fails}, {none} without a verdict", "0", fails == 0 and not none),
            Bar("verdicts", f"{real.name}: at-risk", percent(risk, count), "<= 33.3 %", 3 * risk <= count and not none)]
