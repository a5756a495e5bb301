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


# --- large allocations ------------------------------------------------------------------------------------------

LARGE = 1024  # bytes: what counts as large on 128 KiB
LIST_ITEM = 4  # bytes of a pointer on a 32-bit board
ITEM_SIZES = {"b": 1, "B": 1, "h": 2, "H": 2, "q": 8, "Q": 8, "d": 8}  # of array; every other letter is four bytes
DOCUMENTS = {"json", "loads", "a2b_base64", "b64decode", "readlines"}
RESPONSES = {"r", "res", "resp", "response"}
IMAGE_MODULES = {"adafruit_imageload", "imageload"}


def constants(tree):
    """Numbers that names of the file are bound to, each by one assignment only."""
    values = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
            values.setdefault(node.targets[0].id, []).append(node.value)
    return {name: bound[0] for name, bound in values.items() if len(bound) == 1}


def number(node, known, depth=8):
    """The number that an expression stands for, or None."""
    if isinstance(node, ast.Constant) and isinstance(node.value, (int, float)):
        return node.value
    if depth and isinstance(node, ast.Name) and node.id in known:
        return number(known[node.id], known, depth - 1)
    if depth and isinstance(node, ast.BinOp):
        left, right = number(node.left, known, depth - 1), number(node.right, known, depth - 1)
        if left is None or right is None:
            return None
        if isinstance(node.op, ast.Mult):
            return left * right
        if isinstance(node.op, ast.Add):
            return left + right
        if isinstance(node.op, (ast.Div, ast.FloorDiv)) and right:
            return left / right
    return None


def is_of_display(node):
    return any(isinstance(part, ast.Attribute) and part.attr in ("width", "height") for part in ast.walk(node))


def bitmap_is_large(call, known):
    if len(call.args) < 2:
        return False
    width, height = (number(side, known) for side in call.args[:2])
    if width is None or height is None:
        return all(map(is_of_display, call.args[:2]))
    colors = number(call.args[2], known) if len(call.args) > 2 else 256
    bits = next(bits for bits in (1, 2, 4, 8, 16, 32) if bits == 32 or (colors or 2) <= 1 << bits)
    return width * height * bits / 8 >= LARGE


def repeated_list_items(node, known):
    """How many items `[x] * n` has, or None."""
    if not (isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult)):
        return None
    for items, count in ((node.left, node.right), (node.right, node.left)):
        times = number(count, known)
        if isinstance(items, ast.List) and times is not None:
            return len(items.elts) * times
        if is_bytes(items) and times is not None:
            return len(items.value) * times / LIST_ITEM
    return None


def is_image_load(call):
    return called_name(call) == "load" and last_name(getattr(call.func, "value", None)) in IMAGE_MODULES


def last_name(node):
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def makes_large_object(node, known):
    """A buffer of known size, an image in RAM, an MP3Decoder, a Bitmap as large as a display."""
    if not isinstance(node, ast.Call):
        return (repeated_list_items(node, known) or 0) * LIST_ITEM >= LARGE
    name = called_name(node)
    if name in ("bytearray", "bytes") and len(node.args) == 1:
        return (number(node.args[0], known) or 0) >= LARGE
    if name == "array" and len(node.args) == 2:
        letter = getattr(node.args[0], "value", None)
        return (repeated_list_items(node.args[1], known) or 0) * ITEM_SIZES.get(letter, 4) >= LARGE
    return name == "MP3Decoder" or is_image_load(node) or (name == "Bitmap" and bitmap_is_large(node, known))


def makes_large(node, known):
    """The same, or a document: a response's body, a decoded text, a whole file."""
    if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load):
        return node.attr in ("text", "content") and last_name(node.value) in RESPONSES
    if isinstance(node, ast.Call):
        name = called_name(node)
        is_document = name in DOCUMENTS or (name == "load" and last_name(getattr(node.func, "value", None)) == "json")
        is_file = name == "read" and not node.args and isinstance(node.func, ast.Attribute)
        if is_document or is_file or name == "load_font":
            return True
    return makes_large_object(node, known)


def first_statement(tree):
    """The module's first statement that is neither an import nor a string."""

    def is_head(node):
        is_string = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        return is_string or isinstance(node, (ast.Import, ast.ImportFrom))

    return next((node for node in tree.body if not is_head(node)), None)


# --- FRG101, FRG102, FRG105 -------------------------------------------------------------------------------------


def late_large_objects(tree):
    known = constants(tree)
    first = set(ast.walk(first_statement(tree) or ast.Pass()))
    return {node.lineno for node in ast.walk(tree) if node not in first and makes_large_object(node, known)}


def collects(node):
    return any(isinstance(part, ast.Call) and called_name(part) == "collect" for part in ast.walk(node))


def blocks(tree):
    """Every list of statements of the file."""
    for node in ast.walk(tree):
        for field in ("body", "orelse", "finalbody"):
            if isinstance(getattr(node, field, None), list):
                yield getattr(node, field)


def nodes_after_collect(tree):
    """All that stands behind a collect in the same block, in the blocks inside it too."""
    return {
        part
        for block in blocks(tree)
        for index, statement in enumerate(block)
        if any(isinstance(earlier, ast.Expr) and collects(earlier) for earlier in block[:index])
        for part in ast.walk(statement)
    }


def large_without_collect(tree):
    known = constants(tree)
    after = nodes_after_collect(tree)
    return {node.lineno for node in repeated_nodes(tree) if makes_large(node, known) and node not in after}


def functions_that_make_large(tree, must_return):
    """Names of the file's functions that make something large, themselves or through another of them."""
    known = constants(tree)
    named = [node for node in ast.walk(tree) if isinstance(node, FUNCTIONS[:2])]
    names = set()
    for _ in named:  # until nothing changes; a chain is at most as long as there are functions
        found = {
            f.name
            for f in named
            if any(makes_large(part, known) or calls_one_of(part, names) for part in ast.walk(f))
            and not (must_return and not any(isinstance(part, ast.Return) and part.value for part in ast.walk(f)))
        }
        if found == names:
            break
        names = found
    return names


def calls_one_of(node, names):
    return isinstance(node, ast.Call) and called_name(node) in names


def rebound_large_objects(tree):
    """Large values of names that get such values elsewhere too, or again by a loop; large items put in a Group."""
    known = constants(tree)
    makers = functions_that_make_large(tree, must_return=True)
    repeated = set(repeated_nodes(tree))
    bound = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign):
            is_large = any(makes_large(part, known) or calls_one_of(part, makers) for part in ast.walk(node.value))
            for target in [leaf for target in node.targets for leaf in unpacked(target)] if is_large else []:
                bound.setdefault(ast.unparse(target), set()).add(node)
        elif isinstance(node, ast.Call) and called_name(node) in ("append", "insert") and node in repeated:
            if any(makes_large_object(part, known) or calls_one_of(part, makers) for part in ast.walk(node)):
                yield node.lineno
    for nodes in bound.values():
        yield from (node.lineno for node in nodes if len(nodes) > 1 or node in repeated)


def unpacked(target):
    return target.elts if isinstance(target, (ast.Tuple, ast.List)) else [target]


# --- FRG104 -----------------------------------------------------------------------------------------------------

LABELS = {"Label", "OutlinedLabel", "ScrollingLabel", "TextBox"}
FILLED_SHAPES = {"Rect", "RoundRect", "Circle", "Triangle", "Polygon", "FilledPolygon"}


def objects_in_loops(tree):
    """Labels, images and fonts in RAM, large Bitmaps, MP3Decoders and shapes with a fill that a loop makes again."""
    known = constants(tree)
    has_labels, has_shapes = (imports(tree, f"adafruit_display_{kind}") for kind in ("text", "shapes"))
    for node in repeated_nodes(tree):
        if not isinstance(node, ast.Call):
            continue
        name = called_name(node)
        is_shape = has_shapes and name in FILLED_SHAPES and any(word.arg == "fill" for word in node.keywords)
        is_bitmap = name == "Bitmap" and bitmap_is_large(node, known)
        if is_shape or is_bitmap or (has_labels and name in LABELS):
            yield node.lineno
        elif name in ("MP3Decoder", "load_font") or is_image_load(node):
            yield node.lineno


# --- FRG202, FRG203 ---------------------------------------------------------------------------------------------


def endless_loops(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.While) and isinstance(node.test, ast.Constant) and node.test.value:
            yield node


def calls_of_large_functions(tree):
    makers = functions_that_make_large(tree, must_return=False)
    return {
        part.lineno
        for loop in endless_loops(tree)
        for statement in loop.body
        for part in ast.walk(statement)
        if calls_one_of(part, makers)
    }


def loops_without_collect(tree):
    return {loop.lineno for loop in endless_loops(tree) if not collects(loop)}


# --- FRG301, FRG302 ---------------------------------------------------------------------------------------------


def imports(tree, module, name=""):
    """Whether the file imports a module or one of its parts, or, with a name, that part of it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            found = [f"{node.module}.{alias.name}" for alias in node.names]
        else:
            continue
        if any(path.split(".")[0] == module and (not name or name in path.split(".")) for path in found):
            return True
    return False


def repeated_texts(tree):
    for node in repeated_nodes(tree):
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        if isinstance(node, (ast.Assign, ast.AugAssign)) and any(getattr(t, "attr", "") == "text" for t in targets):
            yield node.lineno


def label_texts(tree):
    return set(repeated_texts(tree)) if imports(tree, "adafruit_display_text") else set()


def bitmap_label_texts(tree):
    return set(repeated_texts(tree)) if imports(tree, "adafruit_display_text", "bitmap_label") else set()


# --- FRG402 -----------------------------------------------------------------------------------------------------

STRING_MAKERS = {"str", "bytes", "chr", "hex", "bin", "format", "join", "decode", "encode", "strip", "upper", "lower"}


def is_string(node):
    """A text or bytes, as far as the expression itself shows."""
    if isinstance(node, ast.BinOp):
        return isinstance(node.op, (ast.Add, ast.Mod, ast.Mult)) and (is_string(node.left) or is_string(node.right))
    if isinstance(node, ast.IfExp):
        return is_string(node.body) or is_string(node.orelse)
    if isinstance(node, ast.Call):
        return called_name(node) in STRING_MAKERS
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, (str, bytes)))


def is_longer_self(node):
    """`s = s + x`."""
    if not (isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.value, ast.BinOp)):
        return False
    first = node.value
    while isinstance(first, ast.BinOp) and isinstance(first.op, ast.Add):
        first = first.left
    return ast.unparse(first) == ast.unparse(node.targets[0])


def built_strings(tree):
    """Whatever a loop lengthens that is a text or bytes somewhere in the file."""
    strings = {
        ast.unparse(target)
        for node in ast.walk(tree)
        if isinstance(node, (ast.Assign, ast.AnnAssign)) and node.value and is_string(node.value)
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
    }
    for node in repeated_nodes(tree):
        is_added = isinstance(node, ast.AugAssign) and isinstance(node.op, ast.Add)
        if is_added or is_longer_self(node):
            target = node.target if is_added else node.targets[0]
            if ast.unparse(target) in strings or is_string(node.value):
                yield node.lineno


# --- the command ------------------------------------------------------------------------------------------------

RULES = {
    "FRG101": ("late-large-allocation", late_large_objects),
    "FRG102": ("large-allocation-without-collect", large_without_collect),
    "FRG103": ("buffer-in-loop", buffers_in_loops),
    "FRG104": ("object-rebuilt-in-loop", objects_in_loops),
    "FRG105": ("old-and-new-coexist", rebound_large_objects),
    "FRG201": ("del-without-collect", drops),
    "FRG202": ("missing-post-function-collect", calls_of_large_functions),
    "FRG203": ("loop-without-collect", loops_without_collect),
    "FRG301": ("repeated-label-text-change", label_texts),
    "FRG302": ("bitmap-label-frequent-text", bitmap_label_texts),
    "FRG402": ("string-built-in-loop", built_strings),
}


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
