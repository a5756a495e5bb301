"""Measures the statements of corpus/heap/rows.json on the engines and compares with what builds of MicroPython logged.

    rows.py [--update] [--third] [--engine WORD]… [--row NAME]…

Kept is how far both agree, a line a row and engine: corpus/heap/rows-agreement.tsv. Without --update, differences to what is
kept are shown and are a failure. An engine that is not there is said, and is no failure.
"""
import argparse
import ast
import collections
import concurrent.futures
import itertools
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import textwrap
import time

from measure import engines_there

ROOT = pathlib.Path(__file__).resolve().parents[2]
ROWS = ROOT / "corpus" / "heap" / "rows.json"
KEPT = ROOT / "corpus" / "heap" / "rows-agreement.tsv"
DEVICES = {"unix32": "unix32:64k", "unix": "unix:64k", "node": "node:micropython", "qemu": "qemu:microbit"}
LOG, LOG_REPR_C, LOG_CIRCUITPYTHON = "micropython-unix-32", "micropython-unix-32-repr-c", "circuitpython-unix-32"
# Which log an engine is held to: the micro:bit stores floats in the word, as representation C does.
LOGS = {"qemu": [LOG_REPR_C, LOG_CIRCUITPYTHON]}
# What gc.mem_alloc() grew by, read on the engines themselves without this tool.
DELTAS = {"unix32": "unix-32-1.25_delta", "node": "webassembly-1.27_delta", "qemu": "microbit-1.9.2_delta"}
BLOCK = 16  # bytes, of 4 words of 4 bytes; with words of 8 bytes it is twice that
COLUMNS = ["row", "engine", "agreement", "expected", "measured", "taken", "delta"]
# Readings of a log beyond these are not listed.
MOST_READINGS = 3
SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.GeneratorExp, ast.ListComp, ast.SetComp, ast.DictComp)


# What a log says.

def blocks(size):
    return -(-size // BLOCK)


def events(log):
    """`16x2 R40 f16` as (kind, bytes), in order; a new block has the kind ''."""
    for word in log.split() if log != "-" else []:
        kind, size, times = re.fullmatch(r"([MRsf=]?)(\d+)(?:x(\d+))?", word).groups()
        yield from itertools.repeat((kind, int(size)), int(times or 1))


def outcomes(state, kind, size):
    """All that may be there when this has happened to `state`: sizes in bytes of new blocks, and whether something of before the
    statement may still be what is freed or changed, once. The log does not say which block it is."""
    new, older = state

    def instead(matches, size):
        """One of `new` that matches becomes `size`; or it is the older one."""
        found = {(tuple(sorted([*new[:at], *([size] if size else []), *new[at + 1:]])), older) for at, one in enumerate(new) if matches(one)}
        if older or not found:
            found.add((tuple(sorted([*new, size])) if kind == "R" else new, False))
        return found

    if kind in ("", "M"):  # the block from which it moved is freed next
        return {(tuple(sorted([*new, size])) if size else new, older)}
    if kind == "=":  # the same blocks
        return {state}
    if kind == "f":
        return instead(lambda one: blocks(one) == blocks(size), 0)
    if kind == "R":
        return instead(lambda one: blocks(one) < blocks(size), size)
    return instead(lambda one: one >= size, size)


def readings(log, older):
    """What may be visible at the end of the statement: tuples of bytes. `older`: the program holds memory of before."""
    states, happened = {((), older)}, list(events(log))
    for kind, size in happened:
        states = set().union(*(outcomes(state, kind, size) for state in states))
        if len(states) * len(happened) > 100000:
            return set()  # too many to be worth a look
    return {new for new, _ in states}


# The program of a row.

def own_nodes(tree):
    """Nodes that run in the scope of `tree` itself."""
    for node in ast.iter_child_nodes(tree):
        yield node
        if not isinstance(node, (*SCOPES, ast.ClassDef)):
            yield from own_nodes(node)


def bound(code):
    """Names that `code` binds in its own scope, in order."""
    names = {}
    for node in own_nodes(ast.parse(code)):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names[node.id] = None
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.ExceptHandler)) and node.name:
            names[node.name] = None
        elif isinstance(node, ast.alias):
            names[node.asname or node.name.split(".")[0]] = None
    return list(names)


def captures(row):
    """Whether a function in the statement reads a name of the row's, which the builds ran inside one function."""
    inner = [node for node in ast.walk(ast.parse(row["stmt"])) if isinstance(node, (ast.FunctionDef, ast.Lambda, ast.GeneratorExp))]
    read = {one.id for scope in inner for one in ast.walk(scope) if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Load)}
    outside = {one.id for scope in inner if isinstance(scope, ast.GeneratorExp)
               for one in ast.walk(scope.generators[0].iter) if isinstance(one, ast.Name)}
    return bool((read - outside) & set(bound(row["setup"] + "\n" + row["stmt"])))


def is_simple(statement):
    """One statement with no other inside: the tool measures it as it is."""
    body = ast.parse(statement).body
    return len(body) == 1 and (isinstance(body[0], ast.FunctionDef) or not hasattr(body[0], "body"))


def before(code):
    """Functions and classes are made out of the tool's sight: what they ask for is then the measured statement's, not theirs."""
    hidden = any(isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)) for node in ast.walk(ast.parse(code)))
    return f"exec({code!r})" if hidden else code


def function(name, body):
    return f"exec({f'def {name}():' + chr(10) + textwrap.indent(body, ' ')!r})"


def program_of(row):
    """The program; its last line is what is to be measured. It binds no new name."""
    statement = row["stmt"]
    lines = [before(row["pre"])]
    if captures(row):
        body = "\n".join([row["setup"], "yield", statement, "yield"])
        return "\n".join([*lines, function("steps", body), "measured = steps()", "next(measured)", "next(measured)"])
    known = bound(row["pre"]) + bound(row["setup"])
    new = [name for name in bound(statement) if name not in known]
    lines += [before(row["setup"]), *(f"{name} = None" for name in new)]
    if is_simple(statement):
        return "\n".join([*filter(None, lines), statement])
    names = bound(statement)
    body = "\n".join([*([f"global {', '.join(names)}"] if names else []), statement])
    return "\n".join([*filter(None, lines), function("measured", body), "measured()"])


# Both compared.

def joined(sizes):
    words = []
    for size, count in sorted(collections.Counter(sizes).items(), reverse=True):
        words.append(f"{count}x{size}" if count > 1 else str(size))
    return " ".join(words) or "-"


def largest_first(sizes, block_bytes):
    return sorted((-(-size // block_bytes) for size in sizes), reverse=True)


def agreement_of(measured, states, wide):
    """`wide`: words of 8 bytes. Text keeps its size then, and what is made of words needs as many blocks as before; the log
    does not say which is which, so that there are bounds only, but where both are the same."""
    best = "different"
    for state in states:
        most = largest_first(state, BLOCK)
        least = largest_first(state, 2 * BLOCK) if wide else most
        fits = len(most) == len(measured) and all(lo <= one <= hi for lo, one, hi in zip(least, measured, most))
        if fits and least == most:
            return "equal"
        largest = max(most, default=0), max(least, default=0), max(measured, default=0)
        if fits:
            best = "within"
        elif best == "different" and largest[1] <= largest[2] <= largest[0]:
            best = "largest"
    return best


def exception_of(run):
    text = run.get("end_text", "").rstrip().rsplit("\n", 1)[-1]
    return text.split(":")[0] or run["end"]


def log_for(row, engine):
    return next((row[name] for name in LOGS.get(engine, [LOG, LOG_CIRCUITPYTHON]) if name in row), None)


def compare(tool, engine, row):
    """The line of the table for one row, and the firmware."""
    program = program_of(row)
    with tempfile.TemporaryDirectory() as folder:
        pathlib.Path(folder, "row.py").write_text(program + "\n")
        done = subprocess.run([tool, "measure", "row.py", "--device", DEVICES[engine], "--format", "json"], cwd=folder,
                              capture_output=True, text=True, timeout=300)
    log, delta = log_for(row, engine), row.get(DELTAS.get(engine))
    states = readings(log, bool(row["pre"] or row["setup"])) if log else set()
    expected = sorted({joined(largest_first(state, BLOCK)) for state in states})
    listed = " | ".join(expected[:MOST_READINGS]) + (" | …" if len(expected) > MOST_READINGS else "")
    line = [row["name"], engine, "", listed, "", "", "?" if delta is None else str(delta)]
    if done.returncode not in (0, 1):
        line[2] = "tool fails: " + done.stderr.strip().splitlines()[-1]
        return "", line
    run = json.loads(done.stdout)["runs"][-1]
    number = program.count("\n") + 1 - row["stmt"].count("\n") if is_simple(row["stmt"]) else program.count("\n") + 1
    found = [one for one in run["statements"] if one["line"] == number]
    if run["end"] != "completed":
        line[2] = f"does not run: {exception_of(run)}"
    elif not found or "not_measured" in found[0]:
        line[2] = "not measured"
    else:
        requests = found[0]["first"]["requests"]
        line[2] = agreement_of(requests, states, engine == "unix") if states else "no log"
        # A reading of several that was met is the one shown.
        if line[2] == "equal" and engine != "unix":
            line[3] = joined(requests) + (f" of {len(expected)} readings" if len(expected) > 1 else "")
        line[4:6] = joined(requests), str(found[0]["first"]["taken_bytes"])
    return run["firmware"], line


# The table.

def read_kept():
    lines = KEPT.read_text().splitlines()[1:] if KEPT.exists() else []
    return {tuple(line.split("\t")[:2]): line.split("\t") for line in lines}


def write_kept(rows, kept):
    order = [(row["name"], engine) for row in rows for engine in DEVICES]
    lines = ["\t".join(kept[key]) for key in order if key in kept]
    KEPT.write_text("\n".join(["\t".join(COLUMNS), *lines]) + "\n")


def summary(engine, lines, firmware, seconds):
    counts = collections.Counter(line[2].split(":")[0] for line in lines)
    both = [line for line in lines if line[5] not in ("", "?") and line[6] != "?"]
    same = sum(line[5] == line[6] for line in both)
    words = ", ".join(f"{word} {count}" for word, count in counts.most_common())
    print(f"{engine} ({firmware}): {words}; bytes taken equal the delta in {same} of {len(both)}; {seconds:.0f} s")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tool", default=str(ROOT / "build/release/bin/fraglint"))
    parser.add_argument("--update", action="store_true", help="keep what is measured")
    parser.add_argument("--third", action="store_true", help="every third row only")
    parser.add_argument("--engine", action="append", choices=sorted(DEVICES), help="only this one; may be given several times")
    parser.add_argument("--row", action="append", help="only the row of this name; may be given several times")
    options = parser.parse_args()

    rows = json.loads(ROWS.read_text())["rows"]
    chosen = [row for row in rows if not options.row or row["name"] in options.row]
    if options.third:
        chosen = chosen[::3]
    there, kept, failed, measured = engines_there(options.tool), read_kept(), 0, 0
    for engine in options.engine or DEVICES:
        if engine not in there:
            print(f"{engine}: the engine is not there: not measured")
            continue
        started, lines, firmwares = time.monotonic(), [], set()
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            for firmware, line in pool.map(lambda row: compare(options.tool, engine, row), chosen):
                firmwares.add(firmware)
                lines.append(line)
                key = tuple(line[:2])
                if kept.get(key) != line:
                    failed += 1
                    print(f"- {' | '.join(kept.get(key, []))}\n+ {' | '.join(line)}")
                kept[key] = line
        measured += len(lines)
        summary(engine, lines, ", ".join(sorted(firmwares - {""})), time.monotonic() - started)
    if options.update:
        write_kept(rows, kept)
        sys.exit(0)
    if measured == 0:
        sys.exit(77)  # as ctest has it: skipped
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
