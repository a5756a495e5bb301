"""Thonny 5 in a window that nobody sees, with the plug-in installed by pip."""

import pathlib
import shutil
import subprocess
import sys

from conftest import EDITORS

SESSION = pathlib.Path(__file__).with_name("thonny_session")


def install(folder):
    """What the README says, into a folder of its own and without a network."""
    source = folder / "source"
    shutil.copytree(EDITORS / "thonny", source)
    installed = folder / "installed"
    subprocess.run(
        [sys.executable, "-m", "pip", "install", "-q", "--no-index", "--no-deps", "--no-build-isolation", "--target", installed, source],
        check=True)
    return installed


def test_session(workspace, tmp_path):
    workspace.environment["PYTHONPATH"] = f"{install(tmp_path)}:{SESSION}"
    settings = workspace.home / "thonny"
    settings.mkdir()
    (settings / "configuration.ini").touch()  # else it first asks for a language
    workspace.environment["THONNY_USER_DIR"] = str(settings)
    seen = workspace.run("xvfb-run", "-a", pathlib.Path(sys.executable).with_name("thonny"))
    (finding,) = seen["findings"]
    assert (finding["line"], finding["code"]) == (workspace.line, workspace.code)
    assert "16,400 bytes" in finding["message"]
    assert seen["underlined"] == "picture"
    assert seen["rows"][0][:2] == [workspace.line, workspace.code]
    workspace.check_saved()
