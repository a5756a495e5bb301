"""Neovim, headless: 0.11 as the README sets it up, and 0.7, the oldest that is served."""

import pathlib
import shutil
import subprocess
import sys

import pytest

from conftest import EDITORS, snippet

SESSION = pathlib.Path(__file__).with_name("neovim_session.lua")


def set_up_011(config):
    (config / "lsp").mkdir(parents=True)
    shutil.copy(EDITORS / "neovim" / "lsp" / "fraglint.lua", config / "lsp")
    (config / "init.lua").write_text(snippet("neovim 0.11"))


def set_up_07(config):
    config.mkdir(parents=True)
    (config / "init.lua").write_text(snippet("neovim 0.7"))


@pytest.mark.parametrize(
    "command, version, set_up",
    [
        (str(pathlib.Path(sys.executable).with_name("nvim")), "NVIM v0.11", set_up_011),
        ("/usr/bin/nvim", "NVIM v0.7", set_up_07),
        (str(pathlib.Path(sys.executable).with_name("nvim")), "NVIM v0.11", set_up_07),
    ],
    ids=["0.11", "0.7", "0.11-with-the-text-for-0.7"],
)
def test_session(workspace, command, version, set_up):
    assert version in subprocess.run([command, "--version"], capture_output=True, text=True, check=True).stdout
    set_up(workspace.home / ".config" / "nvim")
    # A file of Python makes Neovim look for a Python that plug-ins could use, which takes longer than all the rest.
    no_plugins = "let g:loaded_python3_provider = 0"
    seen = workspace.run(command, "--headless", "-n", "--cmd", no_plugins, "-c", f"luafile {SESSION}")
    (finding,) = seen["findings"]
    assert (finding["line"], finding["code"], finding["source"]) == (workspace.line, workspace.code, "fraglint")
    assert "16,400 bytes" in finding["message"]
    assert "16,400 bytes" in seen["hover"]["contents"]["value"]
    assert seen["has_hints"] == (set_up is set_up_011)
    if seen["has_hints"]:
        assert any(hint["line"] == 5 and "16,400" in hint["label"] for hint in seen["hints"])
    assert workspace.choice in seen["titles"]
    workspace.check_saved()
