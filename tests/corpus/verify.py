"""Holds the estimates of all programs of corpus/heap against the engines: `fraglint verify` of each, in one table.

    ./dev verify [--update] [--third] [--engine WORD]… [PROGRAM…]

Fails where a figure or a verdict is contradicted, but for the lines of corpus/heap/lines-known.tsv. An engine that is not there is
said, and is no failure here: tests/device/engine_test.cpp fails. --update writes the table of all programs on all engines into
corpus/heap/HOW-THE-NUMBERS-ARE-MADE.md; each run fails where that shows other firmware, or another number of programs, than there is.
"""
import argparse
import csv
import dataclasses
import json
import pathlib
import re
import statistics
import sys

import open_verdicts
from measure import DEVICES, HEAP, REAL_PROCESSOR, ROOT, present, programs, read_kept, run, side_by_side, wanted_of

# The page that shows the table, between two comments.
PAGE = HEAP / "HOW-THE-NUMBERS-ARE-MADE.md"
SHOWN = re.compile(r"(?<=<!-- verify:begin -->\n).*?(?=<!-- verify:end -->)", re.DOTALL)
HEAD = ["engine", "firmware", "programs", "statements, over all runs", "equal", "inside", "outside", "not measurable",
        "bound over measurement, median", "verdicts", "at risk", "wrong"]


@dataclasses.dataclass
class Totals:
    programs: int = 0
    equal: int = 0
    inside: int = 0
    outside: int = 0
    not_measurable: int = 0
    verdicts: int = 0
    at_risk: int = 0
    wrong_verdicts: int = 0
    ratios: list = dataclasses.field(default_factory=list)

    @property
    def compared(self):
        return self.equal + self.inside + self.outside


def known_lines():
    """Lines, by program and engine, whose measurement is of another line: see the file."""
    with open(HEAP / "lines-known.tsv", newline="") as file:
        return [(row["program"], int(row["line"]), row["engines"].split()) for row in csv.DictReader(file, delimiter="\t")]


def verify(tool, engine, program):
    """The report of one program on one engine; or why there is none."""
    done = run(tool, "verify", engine, program)
    if done.returncode not in (0, 1):
        return None, done.stderr.strip()
    report = json.loads(done.stdout)
    if program.parent.name == "open" and engine in REAL_PROCESSOR:  # those with a heap of any size
        report["verdicts"] = open_verdicts.verdicts(tool, engine, program)
    return report, ""


def amount(interval):
    lo, hi = interval["lo"], interval["hi"]
    return f"{lo:,}" if lo == hi else f"at least {lo:,}" if hi is None else f"{lo:,} to {hi:,}"


def count(report, name, engine, known, totals):
    """Adds a report to the totals; gives what is contradicted."""
    wrong = []
    for one in report["runs"]:
        for row in one["rows"]:
            agreement = row["agreement"]
            if agreement == "outside" and any(
                    (program, line) == (pathlib.Path(name).stem, row["line"]) and {"*", engine} & set(engines)
                    for program, line, engines in known):
                agreement = "not measurable"
            field = agreement.replace(" ", "_")
            setattr(totals, field, getattr(totals, field) + 1)
            if agreement == "outside":
                wrong.append(f"{name}:{row['line']}{' ' + one['input'] if 'input' in one else ''}: "
                             f"foretold {amount(row['estimate'])}, measured {amount(row['measured'])}")
            elif agreement != "not measurable" and row["measured"]["hi"] and row["estimate"]["hi"] is not None:
                totals.ratios.append(row["estimate"]["hi"] / row["measured"]["hi"])
    for one in report["verdicts"]:
        totals.verdicts += 1
        totals.at_risk += one["verdict"] == "at-risk"
        ran = one["ran"] if isinstance(one["ran"], list) else [one["ran"]]  # with each recorded input
        if (one["verdict"] == "fits" and not all(ran)) or (one["verdict"] == "will-fail" and any(ran)):
            totals.wrong_verdicts += 1
            wrong.append(f"{name}: {one['verdict']} in {one['heap_bytes']:,} bytes, but of {len(ran)} runs {sum(ran)} came to the end")
    return wrong


def short(firmware):
    """`micropython 1.25.0`: what it runs on is known by the engine."""
    return firmware.split(" on ")[0]


def row_of(engine, firmware, totals):
    def figure(number):
        return f"{number:,}"

    verdicts = [figure(one) if totals.verdicts else "–" for one in (totals.verdicts, totals.at_risk, totals.wrong_verdicts)]
    return [f"`{engine}`", firmware, figure(totals.programs), figure(totals.compared), f"{totals.equal / max(1, totals.compared):.1%}",
            figure(totals.inside), figure(totals.outside), figure(totals.not_measurable),
            f"{statistics.median(totals.ratios) if totals.ratios else 0:.2f}", *verdicts]


def table_of(rows):
    lines = [HEAD, ["---"] * 2 + ["---:"] * (len(HEAD) - 2), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def stale():
    """Says it where the page shows other firmware, or another number of programs, than corpus/heap has."""
    shown = SHOWN.search(PAGE.read_text())
    rows = [line.strip("| ").split(" | ")[:3] for line in shown[0].splitlines()[2:]] if shown else []
    wanted = [[f"`{engine}`", short(read_kept(engine)[0]), str(len(wanted_of(engine, programs())))] for engine in DEVICES]
    return "" if rows == wanted else f"{PAGE.name} shows {rows}, not {wanted}: ./dev verify --update brings it up to date"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tool", default=str(ROOT / "build/release/bin/fraglint"))
    parser.add_argument("--update", action="store_true", help="write the table into the page that shows it")
    parser.add_argument("--third", action="store_true", help="every third program only")
    parser.add_argument("--engine", action="append", choices=sorted(DEVICES), help="only this one; may be given several times")
    parser.add_argument("programs", nargs="*", type=pathlib.Path, help="only these")
    options = parser.parse_args()
    if options.update and (options.third or options.engine or options.programs):
        parser.error("--update is for all programs on all engines")

    chosen = [one for one in programs() if not options.programs or one in {given.resolve() for given in options.programs}]
    if options.third:
        chosen = chosen[1::3]  # `measure` has the first of each three
    known, failed, measured, rows = known_lines(), 0, 0, []
    for engine, outcomes in side_by_side(options.tool, present(options.tool, options.engine or DEVICES), chosen, verify):
        totals = Totals()
        for program, (report, why) in outcomes:
            name = str(program.relative_to(HEAP))
            if report is None:
                failed += 1
                print(f"{engine}: {name}: {why}")
                continue
            totals.programs += 1
            wrong = count(report, name, engine, known, totals)
            failed += len(wrong)
            for one in wrong:
                print(f"{engine}: {one}")
        rows.append(row_of(engine, short(read_kept(engine)[0]), totals))
        measured += totals.programs
    print("\n" + table_of(rows), end="")
    if options.update and len(rows) == len(DEVICES):
        PAGE.write_text(SHOWN.sub(lambda _: table_of(rows), PAGE.read_text()))
    if said := stale():
        failed += 1
        print(said)
    if measured == 0 and not failed:
        sys.exit(77)  # as ctest has it: skipped
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
