"""Plug-in for Thonny: underlines what hurts the heap, lists it in the view "Heap", and mends it on request."""

import shutil
import tkinter as tk
from tkinter import ttk

from thonny import get_workbench, ui_utils
from thonny.ui_utils import ems_to_pixels

from thonnycontrib.fraglint.checker import BackgroundCheck, check

TAG = "fraglint"
PAUSE_MS = 400  # without typing, before the program is looked at
POLL_MS = 20

COMMAND_OPTION = "fraglint.command"


class FraglintView(ui_utils.TreeFrame):
    """The findings of the editor at hand. Selecting one goes to its line and shows it in full; a double click, or the menu,
    mends it."""

    def __init__(self, master):
        super().__init__(master, columns=("line", "code", "message"), displaycolumns=(0, 1, 2))
        for column, title, width in (("line", "Line", 4), ("code", "Rule", 8), ("message", "Finding", 100)):
            self.tree.column(column, width=ems_to_pixels(width), anchor=tk.W)
            self.tree.heading(column, text=title, anchor=tk.W)
        self.tree["show"] = ["headings"]
        self._in_full = ttk.Label(self, anchor=tk.W, padding=ems_to_pixels(0.3))
        self._in_full.grid(row=2, column=0, columnspan=2, sticky=tk.EW)
        self.bind("<Configure>", lambda event: self._in_full.configure(wraplength=event.width - ems_to_pixels(1)), True)
        self.tree.bind("<<TreeviewSelect>>", self._go_to_selected, True)
        self.tree.bind("<Double-Button-1>", lambda _: self.fix_selected(), True)

        self.findings = []
        self.problem = None  # why there are none, if the tool could not answer
        self.text_of_findings = None  # that they were found in; None before the first answer
        self._editor = None
        self._running = None
        self._timer = None

        workbench = get_workbench()
        workbench.get_editor_notebook().bind("<<NotebookTabChanged>>", self._look_soon, True)
        workbench.bind("Save", self._look_soon, True)
        workbench.bind("WorkbenchReady", self._look_soon, True)
        workbench.bind_class("EditorCodeViewText", "<<TextChange>>", self._look_soon, True)
        self._look_soon()

    def selected(self):
        """The finding that is selected, else the only one there is, else None."""
        chosen = self.tree.focus()
        if chosen:
            return self.findings[self.tree.index(chosen)]
        return self.findings[0] if len(self.findings) == 1 else None

    def fix_selected(self):
        """Mends the selected finding, as one step to undo, unless the text has changed since it was found."""
        finding = self.selected()
        editor = get_workbench().get_editor_notebook().get_current_editor()
        if not finding or not finding.edits or not editor or editor.get_content() != self.text_of_findings:
            return
        text = editor.get_text_widget()
        text.edit_separator()
        for edit in sorted(finding.edits, key=lambda one: [int(part) for part in one.begin.split(".")], reverse=True):
            text.delete(edit.begin, edit.end)
            text.insert(edit.begin, edit.replacement)
        text.edit_separator()

    def _look_soon(self, event=None):
        if self._timer is not None:
            self.after_cancel(self._timer)
        self._timer = self.after(PAUSE_MS, self._look)

    def _look(self):
        self._timer = None
        if self._running is not None:  # one at a time; what has changed since is looked at afterwards
            self._look_soon()
            return
        editor = get_workbench().get_editor_notebook().get_current_editor()
        if editor is None:
            self._show(None, None, [])
            return
        content = editor.get_content()
        command = get_workbench().get_option(COMMAND_OPTION) or shutil.which("fraglint") or "fraglint"
        name = editor.get_filename() or "code.py"
        self._running = BackgroundCheck(lambda: check(command, name, content))
        self._await(editor, content)

    def _await(self, editor, content):
        if not self._running.is_done():
            self.after(POLL_MS, self._await, editor, content)
            return
        done, self._running = self._running, None
        is_current = editor is get_workbench().get_editor_notebook().get_current_editor()
        if not is_current or editor.get_content() != content:
            self._look_soon()
        else:
            self._show(editor, content, done.findings, done.problem)

    def _show(self, editor, content, findings, problem=None):
        if self._editor is not None and self._editor.winfo_exists():
            self._editor.get_text_widget().tag_remove(TAG, "1.0", "end")
        self.tree.delete(*self.tree.get_children())
        self._editor, self.text_of_findings, self.findings, self.problem = editor, content, findings, problem
        self._show_in_full()
        if editor is None:
            return
        text = editor.get_text_widget()
        text.tag_configure(TAG, underline=True, underlinefg="#b83208")
        for finding in findings:
            text.tag_add(TAG, finding.begin, finding.end)
            self.tree.insert("", "end", values=(finding.line, finding.code, finding.message))

    def _show_in_full(self):
        finding = self.selected()
        words = finding.message if finding else self.problem or ""
        mended = f"\nDouble click: {finding.fix_title}." if finding and finding.edits else ""
        self._in_full.configure(text=words + mended)

    def _go_to_selected(self, event=None):
        self._show_in_full()
        finding, editor = self.selected(), get_workbench().get_editor_notebook().get_current_editor()
        if finding and editor and editor is self._editor:
            editor.select_line(finding.line)


def load_plugin():
    workbench = get_workbench()
    workbench.set_default(COMMAND_OPTION, "")  # empty: what the PATH has
    workbench.add_view(FraglintView, "Heap", "s", visible_by_default=True)
    workbench.add_command(
        "fraglint_fix", "edit", "Mend the selected heap finding", lambda: workbench.get_view("FraglintView").fix_selected())
