"""Whether the open programs of corpus/heap run in a heap, beside what the tool says of them.

On an engine the stand-ins lie on the heap, too. So with_standins.py loads them first, fills what that left free between them, and
says what is then free: the verdict is asked for the heap of which a program finds as much when it starts.
"""
import ast
import dataclasses
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile

from measure import HEAP, ROOT

sys.path.insert(0, str(ROOT / "tests" / "bench"))
from heap_real import INTERPRETERS, Real  # noqa: E402
from heap_standins import module_names  # noqa: E402

LAUNCHER = pathlib.Path(__file__).with_name("with_standins.py")
STANDINS = HEAP / "standins"
# Heaps are tried in such steps, from so many bytes to so many: the collector's tables have a byte for so many blocks.
STEP, LEAST, MOST = 128, 2048, 128 << 10
# Of the smallest heap in which the program ends with each input, in twentieths.
AROUND = [10, 16, 20, 25, 40]
# To be left between stand-ins and program.
WORDS = [0, 64, 128, 192]
# What the compiler makes names of: py/mpconfig.h, MICROPY_ALLOC_PARSE_INTERN_STRING_LEN.
SHORT_STRING = 10
# Says what is in use when a script starts, with what it takes itself; and what that is.
BARE = "print(__import__('gc').mem_alloc())\n"
OWN = f"""import gc
gc.collect()
before = gc.mem_alloc()
code = compile({BARE!r}, "bare.py", "exec")
gc.collect()
print(gc.mem_alloc() - before)
"""


@dataclasses.dataclass(frozen=True)
class Tried:
    """One heap: sizes that `-X heapsize` has where nothing but the program needs room."""
    at_least: int
    at_most: int
    ran: list  # with each input


def known_names(tree):
    """All that compiling the program makes known."""
    found = set()
    for node in ast.walk(tree):
        for field in ("id", "attr", "arg", "name", "asname", "module"):
            word = getattr(node, field, None)
            if isinstance(word, str):
                found.add(word)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and len(node.value.encode()) <= SHORT_STRING:
            found.add(node.value)
    return sorted(one for one in found if one and "\n" not in one)


def standins_of(tree):
    """Modules of the folder that the program imports, packages before what is in them."""
    names = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names += [one.name for one in node.names]
        elif isinstance(node, ast.ImportFrom):
            names += [node.module, *(f"{node.module}.{one.name}" for one in node.names)]
    there = module_names(STANDINS)
    return [name for name in dict.fromkeys(names) if name.split(".")[0] in there and
            any((STANDINS / (name.replace(".", "/") + ending)).exists() for ending in (".py", ""))]


class OpenProgram:
    """One program on one engine, in a folder of its own."""

    def __init__(self, engine, program, folder):
        self.real, self.program, self.folder = Real(engine, ROOT / "build", folder), program, folder
        tree = ast.parse(program.read_text())
        self.modules = standins_of(tree)
        for one in (program, LAUNCHER):
            shutil.copy(one, folder)
        (folder / "names").write_text("".join(f"{name}\n" for name in known_names(tree)))
        inputs = json.loads(program.with_suffix(".json").read_text())
        for number, one in enumerate(inputs):
            (folder / f"input{number}").write_text(json.dumps(one))
        (folder / "bare.py").write_text(BARE)
        (folder / "own.py").write_text(OWN)
        # What a script has in use when it starts, and what the program's names take.
        self.before = int(self.run(MOST, "bare.py")[1]) - int(self.run(MOST, "own.py")[1]) + int(
            self.run(MOST, LAUNCHER.name, "names")[1].split()[-1])
        self.words, self.standins, self.started = {}, [], {}
        for number in range(len(inputs)):
            self.standins.append(self.kept(number))

    def run(self, heap, *words):
        """Status and output."""
        command = ["setarch", "-R", *self.real.command, "-X", f"heapsize={heap}", *words]
        done = subprocess.run(command, cwd=self.folder, env={}, stdin=subprocess.DEVNULL, capture_output=True, timeout=120)
        return done.returncode, done.stdout.decode(errors="replace")

    def start(self, heap, number):
        """Whether it ran to its end, and the bytes that it found in one run, all that were free, and those in use: nothing where
        there was no room for the stand-ins."""
        status, out = self.run(heap, LAUNCHER.name, "names", str(STANDINS), f"input{number}", self.program.name,
                               str(self.words[number]), *self.modules)
        words = out.split(None, 5)[:5]
        if words[:1] != ["run"] or words[2:3] != ["free"]:
            return False, None
        return status == 0, (int(words[1]), int(words[3]), int(words[4]))

    def kept(self, number):
        """By how many bytes a heap is larger where the stand-ins, with an input, lie in it, too: in whole steps."""
        for self.words[number] in WORDS:
            found = self.start(MOST, number)[1]
            if found and 2 * found[0] > found[1]:
                break
        else:
            raise SystemExit(f"{self.program}: with its stand-ins it does not start")
        _, free, used = found
        return self.heap_of(used - self.before, MOST, free + used) // STEP * STEP

    @staticmethod
    def heap_of(bytes_, heap, pool):
        """The collector's tables have their part of each heap: as much of it as of one whose pool is known."""
        return bytes_ * heap // pool

    def runs_in(self, heap, number):
        """Whether it ran to its end, and the heap of which it found as much, at least and at most; nothing where it did not
        start."""
        whole = heap + self.standins[number]
        if (whole, number) not in self.started:
            self.started[whole, number] = self.start(whole, number)
        ran, found = self.started[whole, number]
        if not found:
            return ran, None
        in_run, free, used = found
        least, most = (self.heap_of(self.before + bytes_, whole, free + used) // STEP * STEP for bytes_ in (in_run, free))
        return ran, (least, most + 2 * STEP)

    def runs_in_all(self, heap):
        return all(self.runs_in(heap, number)[0] for number in range(len(self.standins)))

    def try_in(self, heap):
        """Nothing where it did not start with each input."""
        outcomes = [self.runs_in(heap, number) for number in range(len(self.standins))]
        if any(sizes is None for _, sizes in outcomes):
            return None
        return Tried(min(sizes[0] for _, sizes in outcomes), max(sizes[1] for _, sizes in outcomes), [ran for ran, _ in outcomes])

    def around_smallest(self):
        """In heaps around the smallest in which it ran with each input, and in a large one."""
        works, fails = 2 * LEAST, LEAST - STEP
        while works < MOST and not self.runs_in_all(works):
            works, fails = 2 * works, works
        while works - fails > STEP:
            middle = (works + fails) // 2 // STEP * STEP
            if self.runs_in_all(middle):
                works = middle
            else:
                fails = middle
        heaps = {works - STEP, MOST, *(max(LEAST, works * part // 20 // STEP * STEP) for part in AROUND)}
        return [tried for heap in sorted(heaps) if (tried := self.try_in(heap))]


def verdict_of(tool, engine, program, heap):
    command = [tool, "heap", str(program.relative_to(HEAP)), "--isolated", "--target", INTERPRETERS[engine][1],
               "--heap", str(heap), "--format", "json"]
    return json.loads(subprocess.run(command, cwd=HEAP, check=True, capture_output=True).stdout)["verdict"]


def verdicts(tool, engine, program):
    """As `fraglint verify` gives them for closed programs, each for all inputs. Where what a program found was not known to the
    byte, `fits` is asked for the least that it may have been, and `will-fail` for the most."""
    with tempfile.TemporaryDirectory() as folder:
        found = []
        for tried in OpenProgram(engine, program, pathlib.Path(folder)).around_smallest():
            verdict = verdict_of(tool, engine, program, tried.at_most)
            if verdict == "fits":
                verdict = verdict_of(tool, engine, program, tried.at_least)
            found.append({"heap_bytes": tried.at_most, "verdict": verdict, "ran": tried.ran})
        return found
