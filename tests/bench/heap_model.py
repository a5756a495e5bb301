"""Holds what `fraglint heap` foretells to what was measured, and prints every bar.

    ./dev bench heap [--only SECTION]… [--program NAME… [--explain]]

Without --only: all sections but those of programs that nobody looked at while they were written, `unseen` and `fresh`.

With --explain, what was measured and what is foretold stand side by side, for the programs or rows that are named. The exit status is
1 where a bar does not hold.
"""
import argparse
import dataclasses
import pathlib
import sys

import heap_closed
import heap_display
import heap_engines
import heap_fast
import heap_fresh
import heap_load
import heap_open
import heap_printed
import heap_rows
import heap_verdicts
from heap_report import heading, table
from heap_tool import Tool

ROOT = pathlib.Path(__file__).resolve().parents[2]
SECTIONS = {"rows": heap_rows.bench, "closed": heap_closed.bench, "engines": heap_engines.bench, "open": heap_open.bench,
            "display": heap_display.bench, "verdicts": heap_verdicts.bench, "printed": heap_printed.bench, "fast": heap_fast.bench,
            "load": heap_load.bench}
HELD_OUT = {"unseen": heap_open.bench_unseen, "fresh": heap_fresh.bench}


@dataclasses.dataclass(frozen=True)
class Data:
    heap: pathlib.Path    # corpus/heap
    logged: pathlib.Path  # programs with logs
    cache: pathlib.Path   # what was run on engines


def show(bars):
    heading("Bars")
    table(["section", "bar", "found", "wanted", "holds"],
          [[one.section, one.what, one.found, one.wanted, {True: "yes", False: "NO", None: "–"}[one.holds]] for one in bars])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tool", default=str(ROOT / "build/release/bin/fraglint"))
    parser.add_argument("--only", action="append", choices=sorted(SECTIONS | HELD_OUT), help="only this section; may be given several times")
    parser.add_argument("--program", action="append", help="only the program or row of this name; may be given several times")
    parser.add_argument("--explain", nargs="?", const="", metavar="NAME", help="side by side; a name is one more --program")
    parser.add_argument("--logged", type=pathlib.Path, default=ROOT / "corpus/heap/logged", help="programs with logs")
    parser.add_argument("--jobs", type=int, help="so many runs at a time")
    options = parser.parse_args()
    if options.explain:
        options.program = [*(options.program or []), options.explain]
    options.explain = options.explain is not None
    data = Data(ROOT / "corpus/heap", options.logged.resolve(), ROOT / "build/bench-heap")
    tool, bars = Tool(options.tool, options.jobs), []
    for name in options.only or SECTIONS:
        bars += (SECTIONS | HELD_OUT)[name](tool, data, options)
    if bars:
        show(bars)
    sys.exit(1 if any(one.holds is False for one in bars) else 0)


if __name__ == "__main__":
    main()
