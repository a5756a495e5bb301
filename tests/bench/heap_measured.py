"""What `fraglint measure` kept of the programs of corpus/heap, and what the tool foretells of the same statements."""
import ast
import dataclasses
import functools
import math

from heap_events import COLLECT, FREE, GROW, NEW, SHRINK, blocks
from heap_tool import unknown_lines

# The engine's table, its target, and the bytes of a block.
ENGINES = {"unix": ("micropython/unix-64", 32), "unix32": ("micropython/unix-32-1.25", 16), "node": ("micropython/webassembly", 16),
           "qemu": ("micropython/microbit", 16)}
# Bytes of a frame; smaller ones lie on the C stack.
ON_STACK = 44


@dataclasses.dataclass
class Line:
    """A line as it was measured in one run: its statements taken together. `largest` is in blocks, None where it was not measured;
    `kept` is it without what seems to have been given back before the statement ended."""
    times: int = 0
    largest: int | None = 0
    kept: int = 0
    requests: str = ""
    taken: int = 0

    def sizes(self):
        """Those of its requests in blocks, the largest first, from `kept` on."""
        words = [word.rpartition("x")[2] for word in self.requests.replace("+", " ").split()]
        return sorted({self.kept, *(int(word) for word in words if word.isdigit() and int(word) < self.kept)}, reverse=True)


@dataclasses.dataclass
class Run:
    lines: dict = dataclasses.field(default_factory=dict)
    end: str = ""
    smallest_heap: int | None = None
    live: int | None = None


@functools.lru_cache(maxsize=None)
def read(path):
    """Runs by program and input."""
    block = ENGINES[path.stem][1]
    runs = {}
    for text in path.read_text().splitlines()[2:]:
        program, number, line, column, times, largest, first, heaviest, taken, _ = text.split("\t")
        run = runs.setdefault(program, {}).setdefault(int(number), Run())
        if line == "end":
            heap, live = largest_number(first, heaviest, taken)
            run.end, run.smallest_heap, run.live = column, heap, live
            continue
        one = run.lines.setdefault(int(line), Line())
        one.times += int(times)
        if largest == "?" or one.largest is None:
            one.largest = None
            continue
        one.largest = max(one.largest, int(largest))
        one.kept = max(one.kept, largest_kept(int(largest), heaviest, int(taken) // block))
        one.requests = " + ".join(filter(None, [one.requests, heaviest]))
        one.taken += int(taken) * int(times)
    return runs


def largest_kept(largest, requests, taken):
    """The largest request, unless it seems to have been given back before the statement ended: then all requests together are more than
    what was taken, by all of its blocks. That is the frame of a call, or an array of arguments, seen at the beginning of the function
    that was called; rarely it is another table of the same size that was freed."""
    sizes = []
    for word in requests.split() if requests not in ("-", "?") else []:
        count, _, size = word.rpartition("x")
        sizes += [int(size)] * int(count or 1)
    if largest in sizes and sum(sizes) - taken == largest:
        sizes.remove(largest)
        return max(sizes, default=0)
    return largest


def largest_number(*cells):
    """The figures of `heap N` and `live N`."""
    found = {}
    for cell in cells:
        word, _, number = cell.partition(" ")
        if number.isdigit():
            found[word] = int(number)
    return found.get("heap"), found.get("live")


def statement_lines(code):
    """The line of the innermost statement of each line, and the function that it stands in; of a statement that holds others, only its
    head, which begins with its first decorator. The head of an `except` is a statement, too."""
    lines = {}

    def visit(node, function):
        for child in ast.iter_child_nodes(node):
            if isinstance(child, (ast.stmt, ast.ExceptHandler)):
                body = getattr(child, "body", None)
                begin = min([child.lineno, *(one.lineno for one in getattr(child, "decorator_list", []))])
                end = max(begin, body[0].lineno - 1) if body else child.end_lineno
                for line in range(begin, max(end, child.lineno) + 1):
                    lines[line] = begin, function
            visit(child, child.lineno if isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef)) else function)

    visit(ast.parse(code), 0)
    return lines


def is_traceback(event):
    """Whether a traceback becomes longer, as an exception leaves a function. That is measured with whatever ran last: the statement that
    raised, or the last of a `finally` on the way."""
    return event.kind == GROW and not event.hard


def leaving_lines(code):
    """Lines of what raises again what is there: `raise`, and heads of `except` clauses that do not take it."""
    return {node.lineno for node in ast.walk(ast.parse(code)) if isinstance(node, (ast.Raise, ast.ExceptHandler))}


def is_in_lambda(code):
    """Whether an event is of the body of a lambda. The probe has no points there: it is measured with the statement that calls it."""
    bodies = [((node.body.lineno, node.body.col_offset), (node.body.end_lineno, node.body.end_col_offset))
              for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Lambda)]
    return lambda event: any(begin <= (event.line, event.column - 1) < end for begin, end in bodies)


def is_frame_of(events):
    """Soft requests that are given back later are frames: places in `events` of both."""
    frames, waiting = set(), {}
    for at, one in enumerate(events):
        if one.kind == NEW and not one.hard and one.lo > ON_STACK:
            waiting.setdefault((one.run, blocks(one.lo)), []).append(at)
        elif one.kind == FREE and waiting.get((one.run, blocks(one.lo))):
            frames |= {waiting[one.run, blocks(one.lo)].pop(), at}
    return frames


def visible(events):
    """What of the events of one execution is there at its end: what it frees itself cannot be seen by an engine's map. Lengthened
    runs of before count with all their bytes."""
    there, places = {}, {}  # by place in `events`; of each run, in order

    def drop(run, matches):
        for at in reversed(places.get(run, [])):
            if matches(there[at]):
                places[run].remove(at)
                return there.pop(at)
        return None

    for at, one in enumerate(events):
        stays = one.kind in (NEW, GROW)
        if one.kind in (GROW, SHRINK):
            stays |= drop(one.run, lambda other: other.hi == one.before) is not None
        elif one.kind == FREE:
            # A log tells what is freed in whole blocks.
            _ = drop(one.run, lambda other: other.hi == one.hi) or drop(one.run, lambda other: blocks(other.hi) == blocks(one.hi))
        if stays:
            there[at] = one
            places.setdefault(one.run, []).append(at)
    return [*there.values()]


def executions(events, lines, is_elsewhere=lambda event: False, leaving=()):
    """Line and events of each execution of a statement. One ends where its function goes on with another; where it is executed
    twice in a row that is not seen, and both are one. What a traceback asks for in the functions that an exception leaves counts for
    the statement that was under way: there is no point of the probe in between. One of `leaving` is that itself."""
    frames, current, last = is_frame_of(events), {}, []
    for at, one in enumerate(events):
        if at in frames or one.phase == "load" or one.kind == COLLECT:
            continue
        if is_elsewhere(one):
            last = []
            continue
        line, function = lines.get(one.line, (one.line, 0))
        if is_traceback(one) and last and line not in leaving:
            last.append(one)
            continue
        before, group = current.get(function, (None, None))
        if before == line:
            group.append(one)
            last = group
            continue
        if group:
            yield before, group
        last = [one]
        current[function] = line, last
    yield from current.values()


@dataclasses.dataclass
class Estimate:
    """Of the visible requests of a line: the largest is at least `lo` blocks in the first pass, and never more than `hi`."""
    lo: float = 0
    hi: float = 0
    is_known: bool = True  # neither at-least nor unknown
    passing: set = dataclasses.field(default_factory=set)  # blocks of what is given back before it ends: points within what it calls see it
    others: list = dataclasses.field(default_factory=list)  # blocks, from and to, of what may be measured with it and stands elsewhere
    events: list = dataclasses.field(default_factory=list)

    @property
    def is_exact(self):
        return self.lo == self.hi


def given_back(events):
    """Frames, and arrays of arguments: what is asked for and freed."""
    waiting = {}
    for one in events:
        if one.kind == NEW:
            waiting[one.run] = one
        elif one.kind == FREE and one.run in waiting:
            yield waiting.pop(one.run)


def add_others(found, events, code, block):
    """What the bodies of lambdas ask for is measured with any statement that calls something; what tracebacks grow by, with those that
    raise again what is there, and ask for nothing themselves; and what a loop of tasks asks for between these, with any that waits."""
    tree = ast.parse(code)
    lines, is_elsewhere, leaving = statement_lines(code), is_in_lambda(code), leaving_lines(code)
    of_lambdas = {(blocks(one.lo, block), blocks(one.hi, block)) for one in events if one.is_request and is_elsewhere(one)}
    of_tracebacks = {(blocks(one.lo, block), blocks(one.hi, block)) for one in events if is_traceback(one)}
    calling = {lines[node.lineno][0] for node in ast.walk(tree) if isinstance(node, ast.Call) and node.lineno in lines}
    waiting = {lines[node.lineno][0] for node in ast.walk(tree) if isinstance(node, ast.Await) and node.lineno in lines}
    running = {node.lineno for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
               and node.func.attr in ("run", "run_forever", "run_until_complete")}
    of_loops = {(blocks(one.lo, block), blocks(one.hi, block)) for one in events if one.is_request and one.line in running}
    for at, others in [*((at, of_lambdas) for at in calling), *((at, of_tracebacks) for at in leaving), *((at, of_loops) for at in waiting)]:
        if others:
            found.setdefault(at, Estimate()).others.extend(others)


def estimates(answer, code, block):
    """By line of a statement."""
    found, lines, is_elsewhere = {}, statement_lines(code), is_in_lambda(code)
    for line, events in executions(answer.events, lines, is_elsewhere, leaving_lines(code)):
        estimate = found.setdefault(line, Estimate())
        for one in visible(events):
            estimate.events.append(one)
            estimate.hi = max(estimate.hi, blocks(one.hi, block))
            estimate.is_known &= one.hi != math.inf
            if not one.may and one.phase in ("set-up", "pass 1") and not is_traceback(one):
                estimate.lo = max(estimate.lo, blocks(one.lo, block))
    for one in given_back(answer.events):
        if one.line in lines:
            found.setdefault(lines[one.line][0], Estimate()).passing.add(blocks(one.hi, block))
    add_others(found, answer.events, code, block)
    for line in unknown_lines(answer.report):
        estimate = found.setdefault(lines.get(line, (line, 0))[0], Estimate())
        estimate.hi, estimate.is_known = math.inf, False
    return found
