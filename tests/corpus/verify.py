"""Holds the estimates of all programs of corpus/heap against the engines: `fraglint verify` of each, in one table.

    ./dev verify [--third] [--engine WORD]… [PROGRAM…]

Fails where a figure or a verdict is contradicted, but for the lines of corpus/heap/lines-known.tsv. An engine that is not there is
said, and is no failure.
"""
import argparse
import concurrent.futures
import csv
import dataclasses
import json
import os
import pathlib
import statistics
import sys

from measure import CLOSED_ONLY, DEVICES, HEAP, ROOT, engines_there, programs, run


@dataclasses.dataclass
class Totals:
    programs: int = 0
    equal: int = 0
    inside: int = 0
    outside: int = 0
    not_measurable: int = 0
    verdicts: int = 0
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
        if (one["verdict"], one["ran"]) in (("fits", False), ("will-fail", True)):
            wrong.append(f"{name}: {one['verdict']} in {one['heap_bytes']:,} bytes, but it {'ran' if one['ran'] else 'failed'}")
    return wrong


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tool", default=str(ROOT / "build/release/bin/fraglint"))
    parser.add_argument("--third", action="store_true", help="every third program only")
    parser.add_argument("--engine", action="append", choices=sorted(DEVICES), help="only this one; may be given several times")
    parser.add_argument("programs", nargs="*", type=pathlib.Path, help="only these")
    options = parser.parse_args()

    chosen = [one for one in programs() if not options.programs or one in {given.resolve() for given in options.programs}]
    if options.third:
        chosen = chosen[1::3]  # `measure` has the first of each three
    there, known, failed, rows = engines_there(options.tool), known_lines(), 0, []
    for engine in options.engine or DEVICES:
        if engine not in there:
            print(f"{engine}: the engine is not there: not verified")
            continue
        totals = Totals()
        wanted = [one for one in chosen if engine not in CLOSED_ONLY or one.parent.name == "closed"]
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
        rows.append([engine, totals.programs, totals.compared, f"{totals.equal / max(1, totals.compared):.1%}", totals.inside, totals.outside,
                     totals.not_measurable, f"{statistics.median(totals.ratios) if totals.ratios else 0:.2f}", totals.verdicts])
    print("\n| engine | programs | statements held against it | equal | inside | outside | not measurable | bound over measurement, median | verdicts |")
    print("|---|" + "---:|" * 8)
    for row in rows:
        print("| " + " | ".join(map(str, row)) + " |")
    if not any(row[1] for row in rows) and not failed:
        sys.exit(77)  # as ctest has it: skipped
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
