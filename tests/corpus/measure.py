"""Measures the programs of corpus/heap on the engines and compares with what is kept of them.

    ./dev measure [--update] [--third] [--engine WORD]… [PROGRAM…]

Kept is one table an engine, corpus/heap/measured/ENGINE.tsv: a row a statement and run. --update writes what was measured in
place of what is kept. An engine that is not there is said, and is no failure here: tests/device/engine_test.cpp fails.
"""
import argparse
import concurrent.futures
import json
import os
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
HEAP = ROOT / "corpus" / "heap"
KEPT = HEAP / "measured"
COLUMNS = ["program", "input", "line", "column", "times", "largest", "first", "heaviest", "taken", "kept"]
# The heap of `unix` is large enough for all programs, and small enough to be drawn quickly.
DEVICES = {"unix": "unix:128k", "unix32": "unix32:128k", "node": "node:micropython", "qemu": "qemu:microbit"}
# Without a module table, firmware that old takes no stand-ins.
CLOSED_ONLY = {"qemu"}
# The C stack is scanned for addresses, too, and one that was left there keeps a whole structure: on these engines the bytes held
# and the smallest heap come out differently on other machines and, rarely, in other folders (up to 384 bytes were seen).
REAL_PROCESSOR = {"unix", "unix32"}
STACKS_DIFFER_BY = 1024


def programs():
    """All programs, closed before open, in order of their names."""
    return sorted(HEAP.glob("closed/*.py")) + sorted(HEAP.glob("open/*.py"))


def engines_there(tool):
    """Word of each engine that can be started."""
    listing = json.loads(subprocess.run([tool, "devices", "--format", "json"], check=True, capture_output=True).stdout)
    return {row["device"].split(":")[0] for row in listing["engines"] if row["there"]}


def joined(blocks):
    """The requests of one execution: `4 2 3x1`."""
    words = []
    for size in sorted(set(blocks), reverse=True):
        count = blocks.count(size)
        words.append(f"{count}x{size}" if count > 1 else str(size))
    return " ".join(words) or "-"


def rows_of(name, number, run):
    """A run as rows of the table; the last tells how it ended."""
    rows = []
    for one in run["statements"]:
        place = [name, number, one["line"], one["column"], one["executions"]]
        if "not_measured" in one:
            rows.append(place + ["?", "?", "?", "?", "?"])
        else:
            rows.append(place + [one["largest_request"], joined(one["first"]["requests"]), joined(one["heaviest"]["requests"]),
                                 one["heaviest"]["taken_bytes"], one.get("retained_bytes", "?")])
    error = run.get("end_text", "").rstrip().rsplit("\n", 1)[-1] if run["end"] == "raised" else ""
    live = max((one["bytes"] for one in run.get("live", [])), default="?")
    rows.append([name, number, "end", run["end"], run.get("end_line", ""), error, "", f"heap {run.get('smallest_heap_bytes', '?')}",
                 f"live {live}", ""])
    return [[str(cell) for cell in row] for row in rows]


def run(tool, command, engine, program):
    """`fraglint measure`, or `verify`, of one program on one engine, with its recorded input."""
    words = [tool, command, str(program.relative_to(HEAP)), "--device", DEVICES[engine], "--format", "json", "--timeout", "120"]
    recorded = program.with_suffix(".json")
    if recorded.exists():
        words += ["--standins", "standins", "--input", str(recorded.relative_to(HEAP))]
    # A path is a string on the heap, too: the same everywhere.
    return subprocess.run(words, cwd=HEAP, capture_output=True, text=True, timeout=900)


def measure(tool, engine, program):
    """The rows of one program on one engine, and the firmware; or why there are none."""
    name = str(program.relative_to(HEAP))
    done = run(tool, "measure", engine, program)
    if done.returncode not in (0, 1):
        return None, done.stderr.strip()
    runs = json.loads(done.stdout)["runs"]
    rows = []
    for number, one in enumerate(runs, 1):
        rows += rows_of(name, number, one)
    return runs[0]["firmware"], rows


def side_by_side(tool, engines, chosen, one):
    """The programs that each engine takes, and what `one` says of each: all engines at once, since that of qemu, which begins, waits
    for its serial line more than it works."""
    # One more than there are processors, for those that wait.
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count() + 1) as pool:
        started = {engine: [(program, pool.submit(one, tool, engine, program)) for program in wanted_of(engine, chosen)]
                   for engine in sorted(engines, key=lambda engine: engine not in CLOSED_ONLY)}
        for engine in engines:
            yield engine, [(program, future.result()) for program, future in started[engine]]


def wanted_of(engine, chosen):
    return [one for one in chosen if engine not in CLOSED_ONLY or one.parent.name == "closed"]


def present(tool, engines):
    """Those of the engines that are there; of the others it is said."""
    there = engines_there(tool)
    for engine in engines:
        if engine not in there:
            print(f"{engine}: the engine is not there")
    return [engine for engine in engines if engine in there]


def read_kept(engine):
    """The firmware, and the rows by program."""
    path = KEPT / f"{engine}.tsv"
    if not path.exists():
        return "", {}
    firmware, _, *lines = path.read_text().splitlines()
    kept = {}
    for line in lines:
        row = line.split("\t")
        kept.setdefault(row[0], []).append(row)
    return firmware.removeprefix("# "), kept


def write_kept(engine, firmware, kept):
    order = {str(one.relative_to(HEAP)): place for place, one in enumerate(programs())}
    lines = [f"# {firmware}", "\t".join(COLUMNS)]
    for name in sorted((one for one in kept if one in order), key=order.get):
        lines += ["\t".join(row) for row in kept[name]]
    KEPT.mkdir(exist_ok=True)
    (KEPT / f"{engine}.tsv").write_text("\n".join(lines) + "\n")


def is_stacks_difference(row, other):
    """Whether two rows differ by no more than what the stack keeps may: of how a run ended, or of what a line made and is still there."""
    if row[:9] == other[:9] and row[9].isdigit() and other[9].isdigit():
        return abs(int(row[9]) - int(other[9])) <= STACKS_DIFFER_BY
    figures = [re.fullmatch(r"heap (\d+|\?) live (\d+|\?)", " ".join(one[7:9])) for one in (row, other)]
    if row[:7] != other[:7] or not all(figures):
        return False
    return all(one == two or (one != "?" and two != "?" and abs(int(one) - int(two)) <= STACKS_DIFFER_BY)
               for one, two in zip(*(figure.groups() for figure in figures)))


def differences(engine, kept, measured):
    """What only one of two lists of rows holds."""
    def is_in(row, rows):
        return row in rows or (engine in REAL_PROCESSOR and any(is_stacks_difference(row, other) for other in rows))

    return [f"- {' | '.join(row)}" for row in kept if not is_in(row, measured)] + [
        f"+ {' | '.join(row)}" for row in measured if not is_in(row, kept)]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tool", default=str(ROOT / "build/release/bin/fraglint"))
    parser.add_argument("--update", action="store_true", help="keep what is measured")
    parser.add_argument("--third", action="store_true", help="every third program only")
    parser.add_argument("--engine", action="append", choices=sorted(DEVICES), help="only this one; may be given several times")
    parser.add_argument("programs", nargs="*", type=pathlib.Path, help="only these")
    options = parser.parse_args()

    chosen = [one for one in programs() if not options.programs or one in {given.resolve() for given in options.programs}]
    if options.third:
        chosen = chosen[::3]
    failed = measured_rows = 0
    for engine, outcomes in side_by_side(options.tool, present(options.tool, options.engine or DEVICES), chosen, measure):
        kept_firmware, kept = read_kept(engine)
        differing = 0
        for program, (firmware, rows) in outcomes:
            name = str(program.relative_to(HEAP))
            if firmware is None:
                failed += 1
                print(f"{engine}: {name}: {rows}")
                continue
            measured_rows += len(rows)
            if kept_firmware and firmware != kept_firmware:
                print(f"{engine}: measured on {firmware}, kept are figures of {kept_firmware}")
            found = differences(engine, kept.get(name, []), rows)
            if found:
                differing += 1
                print(f"{engine}: {name} differs from what is kept:")
                print("\n".join("  " + line for line in found))
            kept[name] = rows
            kept_firmware = firmware
        if options.update:
            write_kept(engine, kept_firmware, kept)
        failed += 0 if options.update else differing
        print(f"{engine}: {len(outcomes)} programs, {differing} differ")
    if measured_rows == 0 and not failed:
        sys.exit(77)  # as ctest has it: skipped
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
