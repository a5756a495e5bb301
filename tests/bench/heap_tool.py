"""Runs `fraglint heap` and keeps its answers while the bench runs."""
import concurrent.futures
import dataclasses
import functools
import json
import os
import pathlib
import resource
import subprocess
import tempfile

from heap_events import tool_events


def unknown_lines(report):
    """Lines of which the tool says that it does not know what they cost."""
    return {one["line"] for one in report.get("unknown", []) if isinstance(one, dict) and one.get("line")}


@dataclasses.dataclass(frozen=True)
class Answer:
    """`report` is the JSON; `failure` what went wrong, with neither report nor events then."""
    report: dict
    events: list
    printed: str
    failure: str


class Tool:
    def __init__(self, path, jobs=None):
        self.path = str(pathlib.Path(path).resolve())
        self.jobs = jobs or os.cpu_count()

    def run(self, arguments, folder):
        """Exit status, standard output and error."""
        try:
            done = subprocess.run([self.path, "heap", *arguments], cwd=folder, capture_output=True, timeout=60)
        except subprocess.TimeoutExpired:
            return -1, "", "takes longer than 60 s"
        return done.returncode, done.stdout.decode(errors="replace"), done.stderr.decode(errors="replace")

    @functools.lru_cache(maxsize=None)
    def answer(self, program, target, *more):
        """Report and log for a program, a path."""
        with tempfile.NamedTemporaryFile(suffix=".jsonl") as log:
            status, out, err = self.run([pathlib.Path(program).name, "--target", target, "--format", "json", "--log", log.name, *more],
                                        pathlib.Path(program).parent)
            text = pathlib.Path(log.name).read_text(errors="replace")
        try:
            if not out.strip():
                raise ValueError("no report")
            return Answer(json.loads(out), tool_events(text), "", "")
        except (ValueError, KeyError, TypeError) as error:
            said = (err.strip().splitlines() or [""])[-1]
            return Answer({}, [], "", f"status {status}: {said or error}")

    def answer_text(self, code, target, *more):
        """The same for a program of this text."""
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder, "code.py")
            path.write_text(code)
            return Tool.answer.__wrapped__(self, str(path), target, *more)

    def printed(self, program, target):
        """What the program prints, by the evaluator; and what went wrong."""
        status, out, err = self.run([pathlib.Path(program).name, "--target", target, "--printed"], pathlib.Path(program).parent)
        return out, "" if status in (0, 1) else f"status {status}: {(err.strip().splitlines() or [''])[-1]}"

    def user_seconds(self, program, target, *more):
        """User time of one run."""
        before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
        status, _, _ = self.run([pathlib.Path(program).name, "--target", target, "--format", "json", *more], pathlib.Path(program).parent)
        return resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before, status

    def map(self, function, items):
        """`function` of each, several at a time, in order."""
        with concurrent.futures.ThreadPoolExecutor(self.jobs) as pool:
            return list(pool.map(function, items))
