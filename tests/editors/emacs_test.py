"""Emacs in batch mode, as Debian has it, with eglot."""

import pathlib

from conftest import snippet

SESSION = pathlib.Path(__file__).with_name("emacs_session.el")


def test_eglot(workspace):
    configuration = workspace.home / ".emacs.d" / "init.el"
    configuration.parent.mkdir()
    configuration.write_text(snippet("emacs eglot"))
    seen = workspace.run("emacs", "--batch", "-l", configuration, "-l", SESSION)
    assert seen["line"] == workspace.line
    assert workspace.code in seen["message"] and "16,400 bytes" in seen["message"]
    assert "16,400 bytes" in seen["hover"]
    assert workspace.choice in seen["titles"]
    workspace.check_saved()
