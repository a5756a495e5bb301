"""What the programs print, by the evaluator and by the interpreters."""
import difflib
import re

from heap_engines import CLOSED
from heap_real import there
from heap_report import Bar, heading, table


def agrees(foretold, real):
    """`?` stands for what the evaluator does not know."""
    pattern = "".join(".*" if part == "?" else re.escape(part) for part in re.split(r"(\?)", foretold))
    return foretold == real or re.fullmatch(pattern, real, re.DOTALL) is not None


def difference(foretold, real):
    """The first line that differs."""
    for at, (left, right) in enumerate(zip(foretold.splitlines(), real.splitlines()), 1):
        if not agrees(left, right):
            return f"line {at}: `{left[:60]}`, really `{right[:60]}`"
    return f"{len(foretold.splitlines())} lines, really {len(real.splitlines())}"


def programs(data, options, of):
    logged = sorted(data.logged.glob("*.py")) if of == CLOSED else []
    return of.paths(options, data) + [one for one in logged if not options.program or one.stem in options.program]


def bench(tool, data, options, of=CLOSED):
    bars = []
    for real in there(data):
        heading(f"Printed: the evaluator's output beside that of {real.name} ({real.target})")
        chosen, rows, equal, whole = programs(data, options, of), [], 0, 0
        if not chosen:
            continue
        foretold = tool.map(lambda path: tool.printed(str(path), real.target), chosen)
        for path, (out, failure) in zip(chosen, foretold):
            truth = real.run(path).out
            is_equal = not failure and agrees(out, truth)
            equal += is_equal
            whole += is_equal and out == truth
            if not is_equal:
                rows.append([path.stem, failure[:80] or difference(out, truth)])
            if options.explain:
                lines = difflib.unified_diff(truth.splitlines(), out.splitlines(), "really", "foretold", lineterm="")
                print("\n".join(lines) or f"{path.stem}: the same")
        real.keep()
        print(f"{equal} of {len(chosen)} agree, {whole} of them with nothing unknown\n")
        if rows:
            table(["program", "difference"], rows)
        bars.append(Bar("printed", f"{real.name}: programs that print the same", f"{equal} of {len(chosen)}", "all", equal == len(chosen)))
    return bars
