"""What loading a program takes: the smallest heap that it compiles in."""
import dataclasses
import math

from heap_engines import names
from heap_events import interval_of, interval_text
from heap_real import there
from heap_report import Bar, heading, table

LINES = 50     # programs with more are held to the bar
FLOOR = 512    # bytes that loading any .py asks for in one run
STEP = 64      # bytes
LARGEST = 1 << 20


@dataclasses.dataclass(frozen=True)
class Result:
    program: str
    lines: int
    smallest: int
    run: tuple   # the largest request of loading, lo and hi
    live: tuple  # the most that is live while loading
    failure: str

    @property
    def factor(self):
        """How far the middle of the foretold is from what was measured; nothing where nothing is foretold."""
        middle = sum(self.live) / 2
        return math.inf if not 0 < middle < math.inf else max(middle / self.smallest, self.smallest / middle)


def smallest_heap(real, program):
    """As if compiling succeeded in all larger heaps, once it does."""
    low, high = 0, LARGEST // STEP
    while high - low > 1:
        middle = (low + high) // 2
        if real.run(program, middle * STEP, "-X", "compile-only").status == 0:
            high = middle
        else:
            low = middle
    return high * STEP


def bench(tool, data, options):
    bars = []
    for real in there(data):
        def evaluate(path):
            answer = tool.answer(str(path), real.target)
            load = next((one for one in answer.report.get("phases", []) if one.get("phase") == "load"), {})
            run, live = (interval_of(load.get(key)) for key in ("contiguous", "peak_live"))
            return Result(path.stem, len(path.read_text().splitlines()), smallest_heap(real, path), run, live, answer.failure)

        results = tool.map(evaluate, names(options, data, "closed"))
        real.keep()
        if not results:
            continue
        heading(f"Loading on {real.name} ({real.target})")
        table(["program", "lines", "smallest heap that compiles", "live, foretold", "factor", "largest run, foretold", "failure"],
              [[one.program, one.lines, one.smallest, interval_text(*one.live), f"{one.factor:.2f}", interval_text(*one.run), one.failure[:40]]
               for one in results])
        judged = [one for one in results if one.lines > LINES]
        near, low = sum(one.factor <= 1.25 for one in judged), sum(one.run[0] < FLOOR for one in results)
        bars += [Bar("load", f"{real.name}: within 1.25x, of programs over {LINES} lines", f"{near} of {len(judged)}", "all", near == len(judged)),
                 Bar("load", f"{real.name}: figures below {FLOOR} B", str(low), "0", low == 0)]
    return bars
