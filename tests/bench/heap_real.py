"""Runs programs on the interpreters themselves, and keeps how that went."""
import dataclasses
import hashlib
import json
import pathlib
import subprocess
import threading

# Interpreter, and the target that it is.
INTERPRETERS = {"unix": ("engines/bin/micropython", "micropython/unix-64"),
                "unix32": ("engines32/usr/bin/micropython", "micropython/unix-32-1.25")}
LARGE_HEAP = 8 << 20


@dataclasses.dataclass(frozen=True)
class Outcome:
    status: int
    out: str
    error: str  # the last line


class Real:
    """An interpreter; `build` is the folder that holds those of this repository."""

    def __init__(self, name, build, cache):
        path, self.target = INTERPRETERS[name]
        self.name, self.path = name, (build / path).absolute()
        # Unpacked, not installed: it is given its own loader and libraries.
        libraries = self.path.parent.parent / "lib" / "i386-linux-gnu"
        loader = libraries / "ld-linux.so.2"
        self.command = [loader, "--library-path", libraries, self.path] if loader.exists() else [self.path]
        self.kept_in = cache / f"{name}.json"
        self.lock = threading.Lock()
        self.kept = json.loads(self.kept_in.read_text()) if self.kept_in.exists() else {}

    @property
    def is_there(self):
        return self.path.exists()

    def run(self, program, heap=LARGE_HEAP, *more):
        """As the tool's own engines are started: with no environment, from the folder of the program, at fixed addresses."""
        key = " ".join([hashlib.sha256(program.read_bytes()).hexdigest()[:16], program.name, str(heap), *more])
        if key not in self.kept:
            command = ["setarch", "-R", *self.command, "-X", f"heapsize={heap}", *more, program.name]
            try:
                done = subprocess.run(command, cwd=program.parent, env={}, stdin=subprocess.DEVNULL, capture_output=True, timeout=120)
                error = (done.stderr.decode(errors="replace").strip().splitlines() or [""])[-1]
                found = [done.returncode, done.stdout.decode(errors="replace"), error]
            except subprocess.TimeoutExpired:
                found = [-1, "", "takes too long"]
            with self.lock:
                self.kept[key] = found
        return Outcome(*self.kept[key])

    def completes(self, program, heap):
        """Whether it does with that heap what it does with a large one. A program that catches MemoryError may print something else."""
        small, large = self.run(program, heap), self.run(program)
        if large.status != 0:
            raise SystemExit(f"{program} does not run on {self.name}: {large.error}")
        return (small.status, small.out) == (large.status, large.out)

    def keep(self):
        self.kept_in.parent.mkdir(parents=True, exist_ok=True)
        fresh = pathlib.Path(f"{self.kept_in}.new")
        fresh.write_text(json.dumps(self.kept))
        fresh.replace(self.kept_in)


def there(data):
    found = [Real(name, data.cache.parent, data.cache) for name in INTERPRETERS]
    for one in found:
        if not one.is_there:
            print(f"\n{one.name}: the interpreter is not there; ./dev engines installs it")
    return [one for one in found if one.is_there]
