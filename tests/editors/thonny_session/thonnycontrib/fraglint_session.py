"""Loaded by Thonny as a plug-in beside the one under test: does in the real window what a user does, and writes what it saw."""

import json
import os
import time

from thonny import get_workbench

SEEN = {}


def after_each(steps):
    """Runs the steps one after another; each waits until its condition holds, or the deadline is over."""
    until = time.monotonic() + float(os.environ["DEADLINE"])

    def go(rest):
        what, condition, act = rest[0]
        try:
            if condition():
                act()
                rest = rest[1:]
            elif time.monotonic() > until:
                raise TimeoutError(f"not in time: {what}")
        except Exception as error:  # whatever it is: the test shows it
            SEEN["error"] = repr(error)
            rest = []
        if rest:
            get_workbench().after(20, go, rest)
        else:
            end()

    go(steps)


def end():
    with open(os.environ["SEEN"], "w") as out:
        json.dump(SEEN, out)
    get_workbench().destroy()


def view():
    return get_workbench().get_view("FraglintView")


def editor():
    return get_workbench().get_editor_notebook().get_current_editor()


def see_findings():
    SEEN["findings"] = [vars(one) | {"edits": len(one.edits)} for one in view().findings]
    SEEN["rows"] = [view().tree.item(row)["values"] for row in view().tree.get_children()]
    text = editor().get_text_widget()
    SEEN["underlined"] = text.get(*text.tag_ranges("fraglint"))
    row = view().tree.get_children()[0]
    view().tree.selection_set(row)
    view().tree.focus(row)
    view().fix_selected()


def session(event=None):
    get_workbench().get_editor_notebook().show_file(os.environ["PROGRAM"])
    after_each([
        ("findings", lambda: view().findings, see_findings),
        ("no findings", lambda: not view().findings and view().text_of_findings == editor().get_content(), lambda: editor().save_file()),
    ])


def load_plugin():
    get_workbench().bind("WorkbenchReady", session, True)
