"""Emacs in batch mode, as Debian has it."""

import pathlib

from conftest import snippet

HERE = pathlib.Path(__file__).parent


def check_session(workspace, name):
    """Runs emacs_NAME_session.el with what the README says for it."""
    configuration = workspace.home / ".emacs.d" / "init.el"
    configuration.parent.mkdir()
    configuration.write_text(snippet(f"emacs {name}"))
    scripts = [HERE / "emacs_support.el", configuration, HERE / f"emacs_{name.replace('-', '_')}_session.el"]
    seen = workspace.run("emacs", "--batch", *(word for script in scripts for word in ("-l", script)))
    assert seen["line"] == workspace.line
    assert "16,400 bytes" in seen["message"]
    assert "16,400 bytes" in seen["hover"]
    assert workspace.choice in seen["titles"]
    workspace.check_saved()
