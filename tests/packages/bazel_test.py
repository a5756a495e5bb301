"""The aspect in its example: three programs, checked by the Bazel that Debian has, with the tool out of the archive."""

import json
import re
import shutil
import tarfile

import pytest

from conftest import FIXED, ROOT, run, succeed

pytestmark = [pytest.mark.full, pytest.mark.skipif(not shutil.which("bazel"), reason="Bazel is not installed")]


@pytest.fixture
def bazel(tmp_path, packages):
    """Builds an output group in the example; the status, the targets that were checked, and all that was said."""
    shutil.copytree(ROOT / "editors/bazel", tmp_path / "bazel")
    example = tmp_path / "bazel/example"
    with tarfile.open(next(packages.glob("*.tar.gz"))) as archive:
        archive.extractall(tmp_path)
    next(tmp_path.glob("fraglint-*")).rename(example / "tool")

    def build(group, *options, output="output"):
        status, said = run(
            "bazel", "--batch", f"--output_user_root={tmp_path / output}", "build", "//...", "--subcommands", "--keep_going",
            "--aspects=@fraglint_rules//:fraglint.bzl%fraglint", f"--output_groups={group}", f"--disk_cache={tmp_path / 'cache'}",
            *options, cwd=example)
        return status, set(re.findall(r"SUBCOMMAND: .*\[action 'Checking (\S+)'", said)), said

    yield example, build
    succeed("chmod", "-R", "u+w", tmp_path, cwd=tmp_path)  # Bazel's own folders are write-protected, which keeps pytest from tidying


ALL = {"//lamp:lamp", "//clock:clock", "//fan:fan", "//lib:readings"}


def test_only_what_changed_is_checked_again(bazel):
    example, build = bazel
    status, checked, said = build("fraglint")
    assert (status, checked) == (0, ALL), said
    report = json.loads((example / "bazel-bin/lamp/lamp.fraglint.json").read_text())
    assert report["target"] == "circuitpython/raspberry_pi_pico", "the configuration is read"
    assert [(finding["code"], finding["path"]) for finding in report["findings"]] == [("FRG201", "lamp/code.py")]

    assert build("fraglint")[1] == set()
    with open(example / "clock/code.py", "a") as file:
        file.write("# changed\n")
    assert build("fraglint")[1] == {"//clock:clock"}
    with open(example / "lib/readings.py", "a") as file:
        file.write("# changed\n")
    assert build("fraglint")[1] == {"//lib:readings", "//fan:fan"}, "what imports it is checked with it"

    # Another machine, which has the cache alone.
    status, _, said = build("fraglint", output="other")
    assert status == 0 and "4 disk cache hit" in said or "4 remote cache hit" in said, said


def test_findings_fail_the_gate(bazel):
    example, build = bazel
    status, _, said = build("fraglint_gate")
    assert status != 0 and "lamp/code.py:6:5: FRG201" in said, said
    assert "clock/code.py:" not in said
    (example / "lamp/code.py").write_text(FIXED)
    status, checked, said = build("fraglint_gate")
    assert (status, checked) == (0, {"//lamp:lamp"}), said


def test_what_no_target_names_is_not_read(bazel):
    """A configuration beside the program that Bazel knows nothing of would make the cache wrong."""
    example, build = bazel
    (example / "lamp/fraglint.toml").write_text('ignore = ["ALL"]\n')
    build("fraglint")
    assert json.loads((example / "bazel-bin/lamp/lamp.fraglint.json").read_text())["findings"]
