"""Programs with displays on CircuitPython: requests of 256 bytes and more that the program's own lines make."""
import collections
import dataclasses
import json
import math

from heap_events import running
from heap_report import Bar, heading, side_by_side, table

TARGET = "circuitpython/unix-32"
LARGE = 256  # bytes: requests from which on truth.json lists them
OWN = "the line itself"


@dataclasses.dataclass(frozen=True)
class Result:
    program: str
    truth: dict
    answer: object

    @property
    def own(self):
        """Line and bytes of what the program's lines themselves are to ask for, in order."""
        return [(one["line"], one["bytes"]) for one in self.truth["requests"] if one["made_in"] == OWN]

    @property
    def of_libraries(self):
        return [(one["line"], one["bytes"]) for one in self.truth["requests"] if one["made_in"] != OWN]

    @property
    def got(self):
        """What is foretold of lines, but of those that only call libraries, and without what libraries did ask for there."""
        libraries = collections.Counter(self.of_libraries)
        only_libraries = {line for line, _ in self.of_libraries} - {line for line, _ in self.own}
        found = []
        for one in running(self.answer.events):
            is_own = one.line not in self.truth["import_lines"] and one.line not in only_libraries
            # What may be anything is no figure: the report names it as unknown.
            if is_own and one.is_request and one.hi >= LARGE and (one.lo or one.hi != math.inf):
                place = (one.line, one.lo if one.is_exact else str(one))
                if libraries[place]:
                    libraries[place] -= 1
                else:
                    found.append(place)
        return found

    @property
    def is_exact(self):
        return not self.answer.failure and self.got == self.own

    def equal_lines(self):
        """How many lines have the number, the largest and the sum of their requests right, and of how many."""
        found = {}
        for one in running(self.answer.events):
            if one.is_request:
                found.setdefault(str(one.line), []).append(one.lo)
        lines = self.truth["lines"]
        same = sum(bool(found.get(line)) and (len(found[line]), max(found[line]), sum(found[line])) == (one["n"], one["max"], one["total"])
                   for line, one in lines.items())
        return same, len(lines)


def bench(tool, data, options):
    truth = {one["program"]: one for one in json.loads((data.logged / "display" / "truth.json").read_text())}
    chosen = [name for name in sorted(truth) if not options.program or name.removesuffix(".py") in options.program]
    results = tool.map(lambda name: Result(name.removesuffix(".py"), truth[name], tool.answer(str(data.logged / "display" / name), TARGET)), chosen)
    if not results:
        return []
    heading(f"Display programs on {TARGET}: requests of {LARGE} bytes and more by own lines")
    table(["program", "own requests", "foretold", "exact", "largest of own lines", "lines all right", "of", "failure"],
          [[one.program, len(one.own), len(one.got), "yes" if one.is_exact else "NO",
            f"{one.truth['peak_request_on_the_line_itself_bytes']:,} @ {one.truth['peak_request_on_the_line_itself_line']}",
            *one.equal_lines(), one.answer.failure[:60]] for one in results])
    for one in results:
        if options.explain or (not one.is_exact and not one.answer.failure):
            print(f"\n{one.program}:")
            own, got = ([f"{line:>4} {size}" for line, size in places] for places in (one.own, one.got))
            side_by_side(own, got, context=None if options.explain else 2)
    exact = sum(one.is_exact for one in results)
    return [Bar("display", "own-line requests exact", f"{exact} of {len(results)}", ">= 4 of 5", exact >= 0.8 * len(results))]
