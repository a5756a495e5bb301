"""What the sessions in the real editors share: a project to open, and the words of editors/README.md."""

import json
import os
import pathlib
import re
import shutil
import subprocess

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
EDITORS = ROOT / "editors"
# Far longer than any step takes: for a busy machine, not for what is tested.
DEADLINE = 60


def pytest_addoption(parser):
    parser.addoption("--tool", required=True, help="the built fraglint")


def snippet(name):
    """The block of code that stands behind `<!-- NAME -->` in editors/README.md."""
    text = (EDITORS / "README.md").read_text()
    found = re.search(rf"^<!-- {re.escape(name)} -->\n```\w*\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    assert found, f"editors/README.md has no block {name}"
    return found[1]


class Workspace:
    """A project folder with one program of the corpus, and a home of its own, so that nobody's settings play a part."""

    rule = "del_without_collect"
    code = "FRG201"
    choice = "Collect after it"
    line = 8

    def __init__(self, folder, tool):
        self.tool = tool
        corpus = ROOT / "corpus" / "rules" / self.rule
        self.expected = (corpus / "straight_line.fixed.py").read_text()
        self.project = folder / "my project"
        self.program = self.project / "code.py"
        self.home = folder / "home"
        self.seen = folder / "seen.json"
        self.project.mkdir()
        self.home.mkdir()
        shutil.copy(corpus / "straight_line.py", self.program)
        commands = folder / "commands"
        commands.mkdir()
        (commands / "fraglint").symlink_to(tool)
        self.environment = {
            "PATH": f"{commands}:{os.environ['PATH']}",
            "HOME": str(self.home),
            "LANG": "C.UTF-8",
            "TERM": "dumb",
            "DEADLINE": str(DEADLINE),
            "PROGRAM": str(self.program),
            "CHOICE": self.choice,
            "SEEN": str(self.seen),
        }

    def run(self, *command):
        """Runs an editor and returns what its script wrote into SEEN."""
        done = subprocess.run(
            [str(word) for word in command], env=self.environment, cwd=self.project, timeout=3 * DEADLINE,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace")
        assert self.seen.exists(), f"the editor did not come to the end of its script:\n{done.stdout}"
        seen = json.loads(self.seen.read_text())
        assert not seen.get("error"), f"{seen['error']}\n{done.stdout}"
        return seen

    def check_saved(self):
        assert self.program.read_text() == self.expected


@pytest.fixture
def workspace(tmp_path, request):
    return Workspace(tmp_path, pathlib.Path(request.config.getoption("--tool")).resolve())
