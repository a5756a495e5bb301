"""The programs of corpus/heap/logged, whose every request a build logged."""
import dataclasses
import functools
import json
import math

from heap_events import blocks, common, interval_of, interval_text, log_events, running, with_class_lines
from heap_report import Bar, heading, percent, side_by_side, table
from heap_tool import unknown_lines

TARGETS = {"micropython-unix-32": "micropython/unix-32", "circuitpython-unix-32": "circuitpython/unix-32"}
# The key of a target's figures in truth.json; the first is at the top level.
TRUTH = {"micropython-unix-32": None, "circuitpython-unix-32": "cp32"}
SMALLEST = 32  # bytes: requests from which on order and line are compared


@dataclasses.dataclass(frozen=True)
class Result:
    program: str
    target: str
    expected: list
    answer: object
    truth: dict

    @property
    def got(self):
        return running(self.answer.events)

    # The run figure.

    @functools.cached_property
    def largest(self):
        return max((one.lo for one in self.expected if one.is_request and one.hard), default=0)

    @functools.cached_property
    def largest_lines(self):
        return sorted({one.line for one in self.expected if one.is_request and one.hard and one.lo == self.largest})

    @property
    def figure(self):
        return self.answer.report.get("run_contiguous") or self.answer.report.get("peak_contiguous", {})

    @property
    def is_figure_exact(self):
        return self.figure.get("lo") == self.largest and self.figure.get("line") in self.largest_lines

    @property
    def is_figure_near(self):
        lo = self.figure.get("lo")
        return lo is not None and self.largest <= 1.25 * lo and lo <= 1.25 * self.largest

    # Requests in order.

    @functools.cached_property
    def matched(self):
        expected, got = keys(self.expected), keys(self.got)
        return common(expected, got), max(len(expected), len(got))

    # Peak live.

    @property
    def live(self):
        value = self.answer.report.get("peak_live")
        return interval_of(value) if value else (None, None)

    def live_error(self, truth):
        """How far the middle of the estimate is from what was measured."""
        lo, hi = self.live
        return None if lo is None or hi == math.inf else abs((lo + hi) / 2 / truth - 1)

    @functools.cached_property
    def contradictions(self):
        """Places whose largest request lies outside what is foretold for it: (place, measured, least, most)."""
        if self.answer.failure:
            return []
        lo, hi = interval_of(self.figure)
        whole = [] if lo <= self.largest <= hi else [("run figure", self.largest, lo, hi)]
        return whole + contradictions(self.expected, self.got, unknown_lines(self.answer.report))


def keys(events):
    return [(one.line, blocks(one.lo) if one.is_exact else str(one)) for one in events if one.is_request and one.hi >= SMALLEST]


def contradictions(expected, got, unknown):
    found = []
    for line in sorted({one.line for one in expected if one.line > 0}):
        measured = max((one.lo for one in expected if one.is_request and one.line == line), default=0)
        foretold = [one for one in got if one.is_request and one.line == line]
        least = max((one.lo for one in foretold if not one.may), default=0)
        most = math.inf if line in unknown else max((one.hi for one in foretold), default=0)
        if not least <= measured <= most:
            found.append((line, measured, least, most))
    return found


def load(tool, data, options):
    truth = {one["program"]: one for one in json.loads((data.logged / "truth.json").read_text())}
    chosen = [name for name in sorted(truth) if not options.program or name.removesuffix(".py") in options.program]
    jobs = [(data.logged / name, log) for log in TARGETS for name in chosen]

    def evaluate(job):
        program, log = job
        figures = truth[program.name] if TRUTH[log] is None else truth[program.name]["other_targets"][TRUTH[log]]
        expected = with_class_lines(log_events(data.logged / "logs" / f"{program.stem}.{log}.csv"), program.read_text())
        return Result(program.stem, TARGETS[log], expected, tool.answer(str(program), TARGETS[log]), figures)

    return tool.map(evaluate, jobs)


def bench(tool, data, options):
    results, bars = load(tool, data, options), []
    if options.explain:
        for one in results:
            explain(one)
        return bars
    for target in TARGETS.values():
        of_target = [one for one in results if one.target == target]
        if of_target:
            bars += bench_target(target, of_target)
    return bars


def bench_target(target, results):
    heading(f"Closed programs, by the logs of {target}")
    lines, matches, near_live = [], [], []
    for one in results:
        matched, of = one.matched
        matches.append(matched >= 0.9 * of and not one.answer.failure)
        whole, over = (one.live_error(one.truth[key]) for key in ("peak_used_bytes", "peak_over_base_bytes"))
        near_live.append(whole is not None and whole <= 0.1)
        figure = one.figure
        lines.append([one.program, f"{one.largest:,} @ {','.join(map(str, one.largest_lines[:3]))}",
                      one.answer.failure or f"{interval_text(*interval_of(figure))} @ {figure.get('line')} {figure.get('tag', '')}",
                      "exact" if one.is_figure_exact else "near" if one.is_figure_near else "NO",
                      f"{matched}/{of}", percent(matched, of), one.truth["peak_used_bytes"], one.truth["base_used_bytes"],
                      interval_text(*one.live) if one.live[0] is not None else "–", "–" if whole is None else f"{100 * whole:.0f} %",
                      "–" if over is None else f"{100 * over:.0f} %", len(one.contradictions)])
    table(["program", "largest @ line", "foretold", "", ">= 32 B", "", "peak live", "base", "foretold", "off", "off, no base", "contradicted"], lines)
    for one in results:
        for line, measured, least, most in one.contradictions:
            print(f"  contradicted: {one.program}:{line}: {measured} B, foretold {interval_text(least, most)}")
    count = len(results)
    exact, near = sum(one.is_figure_exact for one in results), sum(one.is_figure_near for one in results)
    wrong, failed = sum(len(one.contradictions) for one in results), sum(bool(one.answer.failure) for one in results)
    return [Bar("closed", f"{target}: run figure exact, with line", f"{exact} of {count}", ">= 90 %", exact >= 0.9 * count),
            Bar("closed", f"{target}: run figure within 1.25x", f"{near} of {count}", "all", near == count),
            Bar("closed", f"{target}: programs with >= 90 % of requests matched", f"{sum(matches)} of {count}", ">= 90 %",
                sum(matches) >= 0.9 * count),
            Bar("closed", f"{target}: peak live within 10 %", f"{sum(near_live)} of {count}", ">= 80 %", sum(near_live) >= 0.8 * count),
            Bar("sound", f"{target}: lines of logged programs", f"{wrong} contradicted, {failed} programs fail", "0", not wrong and not failed)]


def explain(result):
    matched, of = result.matched
    print(f"\n{result.program} on {result.target}: {matched} of {of} requests of {SMALLEST} B and more matched; "
          f"{result.answer.failure or 'figure ' + str(result.figure)}; live {result.live}, measured {result.truth['peak_used_bytes']} "
          f"with a base of {result.truth['base_used_bytes']}")

    def shown(events):
        return [f"{one.line:>4} {one}" for one in events]

    def compared(events):
        return [(one.line, one.kind, blocks(one.lo) if one.is_exact else str(one)) for one in events]

    side_by_side(shown(result.expected), shown(result.got), keys=(compared(result.expected), compared(result.got)), context=3)
