"""The bench of the heap model, with a tool that answers from the logs themselves: all bars hold, and each mistake is found."""
import contextlib
import dataclasses
import io
import json
import math
import pathlib
import types
import unittest

import heap_closed
import heap_measured
import heap_rows
from heap_events import FREE, GROW, NEW, Event, common, log_events, row_events
from heap_printed import agrees
from heap_tool import Answer

ROOT = pathlib.Path(__file__).resolve().parents[2]
DATA = types.SimpleNamespace(heap=ROOT / "corpus/heap", logged=ROOT / "corpus/heap/logged")
LOGS = {target: log for log, target in heap_rows.LOGS.items()}


def exact(kind, size, line=1, before=0, **more):
    return Event(kind, size, size, line, before=before, **more)


class LogTool:
    """`mistake` changes the events before they are answered."""

    def __init__(self, mistake=lambda events: events):
        self.mistake = mistake
        rows = json.loads((DATA.heap / "rows.json").read_text())["rows"]
        self.rows = {heap_rows.program_of(row)[0]: row for row in rows}
        self.truth = {one["program"]: one for one in json.loads((DATA.logged / "truth.json").read_text())}

    def map(self, function, items):
        return [function(one) for one in items]

    def answer(self, program, target):
        path = pathlib.Path(program)
        log = LOGS.get(target)
        events = self.mistake(log_events(path.parent / "logs" / f"{path.stem}.{log}.csv"))
        figures = self.truth[path.name] if log == "micropython-unix-32" else self.truth[path.name]["other_targets"]["cp32"]
        largest = max((one for one in events if one.is_request and one.hard), key=lambda one: one.lo)
        live = {"lo": figures["peak_used_bytes"], "hi": figures["peak_used_bytes"]}
        figure = {"lo": largest.lo, "hi": largest.hi, "line": largest.line, "tag": "exact"}
        return Answer({"run_contiguous": figure, "peak_live": live}, events, "", "")

    def answer_text(self, code, target):
        row = self.rows[code]
        _, first, last = heap_rows.program_of(row)
        expected = row_events(row.get(LOGS.get(target), "-"))
        events = [dataclasses.replace(one, line=first + 1) for one in self.mistake(expected)]
        return Answer({}, [exact(NEW, 16, first), *events, exact(NEW, 16, last)], "", "")


def bars(bench, tool, program=None):
    options = types.SimpleNamespace(program=program, explain=False)
    with contextlib.redirect_stdout(io.StringIO()):
        return {bar.what: bar.holds for bar in bench(tool, DATA, options)}


def one_larger(events):
    return [dataclasses.replace(one, lo=one.lo + 16, hi=one.hi + 16) for one in events]


def one_line_on(events):
    return [dataclasses.replace(one, line=one.line + 1) for one in events]


class Bench(unittest.TestCase):
    def test_logs_hold_all_bars(self):
        for bench in (heap_rows.bench, heap_closed.bench):
            self.assertEqual({name for name, holds in bars(bench, LogTool()).items() if holds is not True}, set())

    def test_wrong_sizes_are_found(self):
        found = bars(heap_rows.bench, LogTool(one_larger), ["concat 5+5", "append 100"])
        self.assertEqual([found[target] for target in heap_rows.LOGS.values()], [False] * 3)
        found = bars(heap_closed.bench, LogTool(one_larger), ["m20_menu"])
        self.assertFalse(found["micropython/unix-32: lines of logged programs"])
        self.assertFalse(found["micropython/unix-32: run figure exact, with line"])

    def test_wrong_lines_are_found(self):
        found = bars(heap_closed.bench, LogTool(one_line_on), ["m20_menu"])
        self.assertFalse(found["micropython/unix-32: run figure exact, with line"])
        self.assertFalse(found["micropython/unix-32: programs with >= 90 % of requests matched"])
        self.assertTrue(found["micropython/unix-32: run figure within 1.25x"])

    def test_a_wide_interval_is_sound_and_not_equal(self):
        found = bars(heap_closed.bench, LogTool(lambda events: [dataclasses.replace(one, lo=0, hi=math.inf) for one in events]), ["m20_menu"])
        self.assertTrue(found["micropython/unix-32: lines of logged programs"])
        self.assertFalse(found["micropython/unix-32: programs with >= 90 % of requests matched"])


class Parts(unittest.TestCase):
    def test_row(self):
        kinds = [(one.kind, one.lo) for one in row_events("16x2 =5 M40 f16 R64 s43 f16")]
        self.assertEqual(kinds, [(NEW, 16), (NEW, 16), (GROW, 40), (GROW, 64), ("shrink", 43), (FREE, 16)])
        self.assertEqual(row_events("-"), [])
        self.assertIsNone(row_events(None))

    def test_common(self):
        self.assertEqual(common("abcbdab", "bdcaba"), 4)
        self.assertEqual(common("xabcx", "xabcx"), 5)
        self.assertEqual(common("", "a"), 0)

    def test_what_is_freed_is_not_visible(self):
        seen = heap_measured.visible([exact(NEW, 32), exact(NEW, 64), exact(FREE, 32), exact(GROW, 128, before=64)])
        self.assertEqual([one.lo for one in seen], [128])

    def test_what_was_given_back_is_no_request_of_a_statement(self):
        self.assertEqual(heap_measured.largest_kept(5, "5 8x1", 8), 1)
        self.assertEqual(heap_measured.largest_kept(5, "5", 0), 0)
        self.assertEqual(heap_measured.largest_kept(5, "5 1", 2), 5)  # a table that grew from 4

    def test_frames_are_told_by_being_given_back(self):
        events = [exact(NEW, 80, hard=False), exact(NEW, 12, hard=False), exact(FREE, 80)]
        self.assertEqual(heap_measured.is_frame_of(events), {0, 2})

    def test_lines_of_statements(self):
        code = "@one\ndef two(\n        three):\n    four(\n        five)\nif (six and\n        seven): eight()\n"
        lines = heap_measured.statement_lines(code)
        self.assertEqual({at: line for at, (line, _) in lines.items()}, {1: 1, 2: 1, 3: 1, 4: 4, 5: 4, 6: 6, 7: 7})
        self.assertEqual(lines[5], (4, 2))

    def test_unknown_output(self):
        self.assertTrue(agrees("at ? degrees\n", "at 21 degrees\n"))
        self.assertFalse(agrees("at ? degrees\n", "at 21 metres\n"))


if __name__ == "__main__":
    unittest.main()
