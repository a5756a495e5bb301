"""The command-line tool, asked about one text at a time. Knows nothing of Thonny."""

import json
import os
import subprocess
import threading
from dataclasses import dataclass, field
from typing import Callable, List, Optional


@dataclass
class Edit:
    """Lines from 1, columns from 0 and in characters, as Tk counts."""

    begin: str
    end: str
    replacement: str


@dataclass
class Finding:
    line: int
    begin: str
    end: str
    code: str
    message: str
    fix_title: Optional[str] = None
    edits: List[Edit] = field(default_factory=list)


class CheckError(Exception):
    """Why the tool could not answer, in words for the user."""


def _finding(item):
    def index(place, prefix=""):
        return f"{place[prefix + 'line']}.{place[prefix + 'column'] - 1}"  # the tool counts columns from 1

    fix = item.get("fix") or {}
    return Finding(
        line=item["line"], begin=index(item), end=index(item, "end_"), code=item["code"], message=item["message"],
        fix_title=fix.get("title"),
        edits=[Edit(index(edit), index(edit, "end_"), edit["replacement"]) for edit in fix.get("edits", [])])


def check(command: str, filename: str, text: str) -> List[Finding]:
    """What the tool finds in `text`, taken as the content of `filename`."""
    words = [command, "check", "--output-format", "json", "--stdin-filename", filename, "-"]
    folder = os.path.dirname(filename)
    try:
        done = subprocess.run(
            words, input=text.encode(), stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            cwd=folder if os.path.isdir(folder) else None)
    except OSError as error:
        raise CheckError(f"cannot run {command}: {error.strerror}") from error
    if done.returncode not in (0, 1, 2):
        raise CheckError(done.stderr.decode(errors="replace").strip())
    return [_finding(item) for item in json.loads(done.stdout)["findings"]]


class BackgroundCheck:
    """One question in a thread of its own; `poll` tells when it is answered."""

    def __init__(self, ask: Callable[[], List[Finding]]):
        self._ask = ask
        self.findings: List[Finding] = []
        self.problem: Optional[str] = None
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self):
        try:
            self.findings = self._ask()
        except CheckError as error:
            self.problem = str(error)

    def is_done(self) -> bool:
        return not self._thread.is_alive()
