"""Vim with ALE, both as Debian has them."""

import pathlib
import shutil

from conftest import EDITORS, snippet

SESSION = pathlib.Path(__file__).with_name("vim_session.vim")


def test_ale(workspace):
    linters = workspace.home / ".vim" / "ale_linters" / "python"
    linters.mkdir(parents=True)
    shutil.copy(EDITORS / "vim" / "ale_linters" / "python" / "fraglint.vim", linters)
    configuration = workspace.home / ".vimrc"
    configuration.write_text(snippet("vim ale"))
    seen = workspace.run("vim", "-N", "-n", "--not-a-term", "-u", configuration, "-S", SESSION)
    finding = seen["finding"]
    assert (finding["line"], finding["code"]) == (workspace.line, workspace.code)
    assert "16,400 bytes" in finding["message"]
    assert "16,400 bytes" in seen["hover"]
    assert workspace.choice in seen["titles"]
    workspace.check_saved()
