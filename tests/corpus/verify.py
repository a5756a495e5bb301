"""Holds the estimates of all programs of corpus/heap against the engines: `fraglint verify` of each, in one table.

    ./dev verify [--update] [--third] [--engine WORD]… [PROGRAM…]

Fails where a figure or a verdict is contradicted, but for the lines of corpus/heap/lines-known.tsv. An engine that is not there is
said, and is no failure. --update writes the table of all programs on all engines into corpus/heap/HOW-THE-NUMBERS-ARE-MADE.md; each
run fails where that shows other firmware, or another number of programs, than there is. --third has one input of each open program for
its verdicts with stand-ins, else all are tried.
"""
import argparse
import concurrent.futures
import csv
import dataclasses
import json
import os
import pathlib
import re
import statistics
import subprocess
import sys
import tempfile

from measure import CLOSED_ONLY, DEVICES, HEAP, REAL_PROCESSOR, ROOT, engines_there, programs, read_kept, run
from one_file import one_file

# The page that shows the table, between two comments.
PAGE = HEAP / "HOW-THE-NUMBERS-ARE-MADE.md"
SHOWN = re.compile(r"(?<=<!-- verify:begin -->\n).*?(?=<!-- verify:end -->)", re.DOTALL)
HEAD = ["engine", "firmware", "programs", "statements, over all runs", "equal", "inside", "outside", "not measurable",
        "bound over measurement, median", "verdicts", "at risk", "wrong", "verdicts with stand-ins", "at risk", "wrong"]


@dataclasses.dataclass
class VerdictTotals:
    all: int = 0
    at_risk: int = 0
    wrong: int = 0

    def add(self, other):
        self.all += other.all
        self.at_risk += other.at_risk
        self.wrong += other.wrong

    def figures(self):
        return [f"{one:,}" if self.all else "–" for one in (self.all, self.at_risk, self.wrong)]


@dataclasses.dataclass
class Totals:
    programs: int = 0
    equal: int = 0
    inside: int = 0
    outside: int = 0
    not_measurable: int = 0
    verdicts: VerdictTotals = dataclasses.field(default_factory=VerdictTotals)
    with_standins: VerdictTotals = dataclasses.field(default_factory=VerdictTotals)
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
    return json.loads(done.stdout), ""


def verify_one_file(tool, engine, program, text):
    """The report of a program that was written with its stand-ins into one file."""
    with tempfile.TemporaryDirectory() as folder:
        (pathlib.Path(folder) / program.name).write_text(text)
        words = [tool, "verify", program.name, "--device", DEVICES[engine], "--format", "json", "--timeout", "120"]
        done = subprocess.run(words, cwd=folder, capture_output=True, text=True, timeout=900)
    if done.returncode not in (0, 1):
        return None, done.stderr.strip()
    report = json.loads(done.stdout)
    return report, "" if report["verdicts"] else "with its stand-ins in one file it does not run to its end"


def verdict_of(tool, target, program, heap_bytes):
    """What is said of the program as it stands."""
    words = [tool, "heap", str(program), "--target", target, "--heap", str(heap_bytes), "--format", "json"]
    return json.loads(subprocess.run(words, capture_output=True, text=True, check=True).stdout)["verdict"]


def verify_with_standins(tool, engine, program, chosen):
    """Verdicts of an open program in one file with its stand-ins, for the inputs whose number is `chosen` (all: None), as totals; and
    what is contradicted. Stand-ins only add to what a program asks for: so in a heap in which the one file ran, the program as it
    stands, whose input is not known, must not be said to fail."""
    totals, wrong, ran_in, target = VerdictTotals(), [], [], ""
    for number, text in enumerate(one_file(program, HEAP / "standins"), 1):
        if chosen is not None and number != chosen:
            continue
        name = f"{program.relative_to(HEAP)} with stand-ins, input {number}"
        report, why = verify_one_file(tool, engine, program, text)
        if why:
            wrong.append(f"{name}: {why}")
            continue
        wrong += count_verdicts(report, name, totals)
        target = report["target"]
        ran_in += [one["heap_bytes"] for one in report["verdicts"] if one["ran"]]
    if ran_in and verdict_of(tool, target, program, min(ran_in)) == "will-fail":
        totals.wrong += 1
        wrong.append(f"{program.relative_to(HEAP)}: will-fail in {min(ran_in):,} bytes, but it ran there, even with stand-ins")
    return totals, wrong


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
    return wrong + count_verdicts(report, name, totals.verdicts)


def count_verdicts(report, name, totals):
    """Adds the verdicts of a report to the totals; gives those that are wrong."""
    wrong = []
    for one in report["verdicts"]:
        totals.all += 1
        totals.at_risk += one["verdict"] == "at-risk"
        if (one["verdict"], one["ran"]) in (("fits", False), ("will-fail", True)):
            totals.wrong += 1
            wrong.append(f"{name}: {one['verdict']} in {one['heap_bytes']:,} bytes, but it {'ran' if one['ran'] else 'failed'}")
    return wrong


def short(firmware):
    """`micropython 1.25.0`: what it runs on is known by the engine."""
    return firmware.split(" on ")[0]


def row_of(engine, firmware, totals):
    def figure(number):
        return f"{number:,}"

    return [f"`{engine}`", firmware, figure(totals.programs), figure(totals.compared), f"{totals.equal / max(1, totals.compared):.1%}",
            figure(totals.inside), figure(totals.outside), figure(totals.not_measurable),
            f"{statistics.median(totals.ratios) if totals.ratios else 0:.2f}", *totals.verdicts.figures(), *totals.with_standins.figures()]


def table_of(rows):
    lines = [HEAD, ["---"] * 2 + ["---:"] * (len(HEAD) - 2), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def wanted_of(engine, chosen):
    return [one for one in chosen if engine not in CLOSED_ONLY or one.parent.name == "closed"]


def input_of(program, only_one):
    """Of five, another for each program, where only one is wanted; None: all."""
    return programs().index(program) % 5 + 1 if only_one else None


def stale():
    """Says it where the page shows other firmware, or another number of programs, than corpus/heap has."""
    shown = SHOWN.search(PAGE.read_text())
    rows = [line.strip("| ").split(" | ")[:3] for line in shown[0].splitlines()[2:]] if shown else []
    wanted = [[f"`{engine}`", short(read_kept(engine)[0]), str(len(wanted_of(engine, programs())))] for engine in DEVICES]
    return "" if rows == wanted else f"{PAGE.name} shows {rows}, not {wanted}: ./dev verify --update brings it up to date"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tool", default=str(ROOT / "build/release/bin/fraglint"), type=os.path.abspath)
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
    there, known, failed, measured, rows = engines_there(options.tool), known_lines(), 0, 0, []
    for engine in options.engine or DEVICES:
        if engine not in there:
            print(f"{engine}: the engine is not there: not verified")
            continue
        totals = Totals()
        wanted = wanted_of(engine, chosen)
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            for program, (report, why) in zip(wanted, pool.map(lambda one: verify(options.tool, engine, one), wanted)):
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
            if engine in REAL_PROCESSOR:
                opened = [one for one in wanted if one.parent.name == "open"]
                for found, wrong in pool.map(lambda one: verify_with_standins(options.tool, engine, one, input_of(one, options.third)), opened):
                    totals.with_standins.add(found)
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
