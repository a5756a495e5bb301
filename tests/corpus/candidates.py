#!/usr/bin/env python3
"""Prints what the naive form of a rule would flag: the population that the tables' hand-judged samples are drawn from.

It reads programs with CPython's own parser, not with ours, on purpose: a statement that our parser loses must still
turn up here. Rows are tab-separated: path below the root, line, source text.
"""

import argparse
import ast
import difflib
import random
import sys
import warnings
from pathlib import Path

FETCHED = Path(__file__).resolve().parents[2] / "corpus" / "fetched"

DESKTOP_MODULES = set(
    "PIL RPi argparse bleak click cv2 django docutils fastapi flask gpiod gunicorn matplotlib multiprocessing numpy"
    " paho pandas picamera picamera2 pip pkg_resources psutil pygame pytest quart rich serial setuptools sphinx"
    " subprocess tkinter tqdm unittest urllib3 uvicorn watchdog websockets".split()
)
FIRMWARE_MODULES = {"board", "machine", "microcontroller", "ulab"}  # numpy beside one of these is ulab's
LOOPS = (ast.While, ast.For, ast.AsyncFor)
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
BUFFER_MAKERS = {"bytearray", "array", "Bitmap", "zeros", "ones", "empty", "full", "arange", "linspace"}


# --- which files are read ---------------------------------------------------------------------------------------


def required_modules(tree):
    """Modules the file cannot do without: an import under `try` or `if` (typing, alternatives) leaves it the choice."""
    pending = list(tree.body)
    while pending:
        node = pending.pop()
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            yield node.module.split(".")[0]
        elif isinstance(node, (*FUNCTIONS, ast.ClassDef, ast.With)):
            pending += node.body if isinstance(node.body, list) else []


def is_for_desktop(tree):
    modules = set(required_modules(tree))
    desktop = modules & DESKTOP_MODULES
    return bool(desktop - {"numpy"}) or ("numpy" in desktop and not modules & FIRMWARE_MODULES)


def is_test(path):
    return path.name.startswith(("test_", "conftest")) or bool({"test", "tests", "docs"} & set(path.parts[:-1]))


def programs(root):
    """(path below the root, tree, lines) of each firmware file, by path."""
    for path in sorted(root.rglob("*.py"), key=lambda path: path.as_posix()):
        place = path.relative_to(root)
        if is_test(place) or place.name in ("setup.py", "conf.py"):
            continue
        source = path.read_bytes()
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                tree = ast.parse(source)
        except (SyntaxError, ValueError) as error:
            print(f"candidates: {place.as_posix()} is left out: {error}", file=sys.stderr)
            continue
        if not is_for_desktop(tree):
            yield place.as_posix(), tree, source.decode("utf-8", "replace").splitlines()


# --- FRG103 -----------------------------------------------------------------------------------------------------


def called_name(call):
    return call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")


def makes_buffer(node):
    if isinstance(node, ast.Call) and (node.args or node.keywords):
        name = called_name(node)
        return name in BUFFER_MAKERS or (name == "bytes" and len(node.args) == 1)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult):
        return any(isinstance(side, ast.List) or is_bytes(side) for side in (node.left, node.right))
    return False


def is_bytes(node):
    return isinstance(node, ast.Constant) and isinstance(node.value, bytes)


def buffer_names(tree):
    """Names and attributes that some assignment of the file binds to a new buffer."""
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, (ast.Assign, ast.AnnAssign)) and node.value and makes_buffer(node.value):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names |= {ast.unparse(target) for target in targets}
    return names


def copies_buffer(node, buffers):
    return (
        isinstance(node, ast.Subscript)
        and isinstance(node.slice, ast.Slice)
        and isinstance(node.ctx, ast.Load)
        and ast.unparse(node.value) in buffers
    )


def repeated_nodes(tree):
    """Every node that a loop can evaluate again: loop bodies, and functions of this file that a loop calls by name."""
    functions = {}
    for node in ast.walk(tree):
        if isinstance(node, FUNCTIONS[:2]):
            functions.setdefault(node.name, []).append(node)
    seen = set()
    pending = [(node, False) for node in ast.iter_child_nodes(tree)]
    while pending:
        node, repeated = pending.pop()
        if (node, repeated) in seen or (node, True) in seen:
            continue
        seen.add((node, repeated))
        if repeated:
            yield node
            if isinstance(node, ast.Call):
                pending += [(part, True) for f in functions.get(called_name(node), []) for part in f.body]
        if isinstance(node, LOOPS):
            once = [] if isinstance(node, ast.While) else [node.target, node.iter]
            pending += [(part, repeated) for part in once + node.orelse]
            pending += [(part, True) for part in node.body + ([node.test] if isinstance(node, ast.While) else [])]
        else:
            inside = repeated and not isinstance(node, FUNCTIONS)
            pending += [(part, inside) for part in ast.iter_child_nodes(node)]


def buffers_in_loops(tree):
    buffers = buffer_names(tree)
    return {node.lineno for node in repeated_nodes(tree) if makes_buffer(node) or copies_buffer(node, buffers)}


# --- FRG201 -----------------------------------------------------------------------------------------------------


def is_none(node):
    return isinstance(node, ast.Constant) and node.value is None


def bound_values(tree):
    """How often a name or attribute of the file is bound to something other than None."""
    bound = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and not is_none(node.value):
            targets = [leaf for target in node.targets for leaf in ast.walk(target)]
        elif isinstance(node, (ast.AnnAssign, ast.AugAssign, ast.NamedExpr)) and node.value and not is_none(node.value):
            targets = [node.target]
        elif isinstance(node, (ast.For, ast.withitem)):
            targets = list(ast.walk(node.target if isinstance(node, ast.For) else node.optional_vars or ast.Tuple()))
        else:
            continue
        for target in targets:
            if isinstance(target, (ast.Name, ast.Attribute)):
                bound.setdefault(ast.unparse(target), set()).add(target.lineno)
    return bound


def constructors(tree):
    """Lines inside `__init__`: `self.x = None` there introduces the attribute."""
    return {
        line
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and node.name == "__init__"
        for line in range(node.lineno, node.end_lineno + 1)
    }


def drops(tree):
    bound = bound_values(tree)
    introduced = constructors(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Delete) and any(isinstance(t, (ast.Name, ast.Attribute)) for t in node.targets):
            yield node.lineno
        elif isinstance(node, ast.Assign) and is_none(node.value):
            for target in node.targets:
                lines = bound.get(ast.unparse(target), set())
                is_later = isinstance(target, ast.Attribute) and node.lineno not in introduced
                if any(line < node.lineno for line in lines) or (is_later and lines):
                    yield node.lineno


# --- the command ------------------------------------------------------------------------------------------------

RULES = {"FRG103": ("buffer-in-loop", buffers_in_loops), "FRG201": ("del-without-collect", drops)}


def rule(text):
    """A rule by code or name."""
    names = {name: code for code, (name, _) in RULES.items()}
    code = names.get(text.lower(), text.upper())
    if code in RULES:
        return code
    near = difflib.get_close_matches(text.lower(), [*names, *(code.lower() for code in RULES)], n=1, cutoff=0)
    nearest = near[0].upper() if near[0] not in names else near[0]
    raise argparse.ArgumentTypeError(f"no candidates are defined for '{text}'; did you mean '{nearest}'?")


def candidates(code, root):
    find = RULES[code][1]
    for path, tree, lines in programs(root):
        for line in sorted(set(find(tree))):
            yield path, line, " ".join(lines[line - 1].split())


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("rule", type=rule, metavar="RULE", help="a rule's code or name")
    parser.add_argument("--root", type=Path, default=FETCHED, help="the programs to read (default: corpus/fetched)")
    parser.add_argument("--sample", type=int, metavar="N", help="only N of them, drawn at random")
    parser.add_argument("--seed", type=int, default=1, metavar="S", help="the draw (default: 1)")
    options = parser.parse_args()
    if not options.root.is_dir():
        parser.error(f"there is no folder {options.root}")

    rows = list(candidates(options.rule, options.root))
    if options.sample is not None:
        rows = sorted(random.Random(options.seed).sample(rows, min(options.sample, len(rows))))
    for row in rows:
        print(*row, sep="\t")
    return 0


if __name__ == "__main__":
    sys.exit(main())
