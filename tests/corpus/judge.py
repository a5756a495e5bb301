#!/usr/bin/env python3
"""Recomputes precision and recall of the built tool against the lines judged by hand.

corpus/recall.tsv says of lines whether a rule must report them (positive) or must not (negative), corpus/precision.tsv
says of reported warnings whether they are right or wrong. Exit status: 0 when the bounds below hold and every
warning on corpus/fetched is judged, 1 when not, 2 when the tables or the tool cannot be used.
"""

import argparse
import csv
import json
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

CORPUS = Path(__file__).resolve().parents[2] / "corpus"
MIN_PRECISION = 0.90
MIN_RECALL = 0.70  # over all rules
MIN_RULE_RECALL = 0.60  # of each rule with enough positives to speak of a rate
ENOUGH_POSITIVES = 5


class Place(NamedTuple):
    """Where a rule speaks: `package` is a folder of corpus/fetched, `firmware`, or the name of another root."""

    package: str
    file: str
    line: int
    rule: str

    def __str__(self):
        return f"{self.package}/{self.file}:{self.line} {self.rule}"


class Unusable(Exception):
    """The tables or the tool cannot be used; the text says why."""


# --- the tables -------------------------------------------------------------------------------------------------


def read_table(path, verdicts):
    """{place: row} of one table; a place that stands twice or an unknown verdict is a mistake in the table."""
    rows = {}
    with open(path, encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE), 2):
            if row["verdict"] not in verdicts:
                raise Unusable(f"{path.name}:{number}: the verdict '{row['verdict']}' is none of {', '.join(verdicts)}")
            place = Place(row["package"], row["file"], int(row["line"]), row["rule"])
            if place in rows:
                raise Unusable(f"{path.name}:{number}: {place} stands in the table twice")
            rows[place] = row
    return rows


def in_reach(rows, roots, table):
    """Rows of the packages that are here; a file or line that is not there means that the table is out of date."""
    here = {place: row for place, row in rows.items() if place.package in roots}
    for place in here:
        path = roots[place.package] / place.file
        if not path.is_file() or place.line > path.read_bytes().count(b"\n") + 1:
            raise Unusable(f"{table}: {place}: there is no such line")
    absent = sorted({place.package for place in rows} - roots.keys())
    for package in absent:
        if any(package.startswith(f"{name}-") for name in pinned_names()):
            raise Unusable(f"{table}: {package} is not the pinned version: its rows must be judged anew")
    if absent:
        others = f" and {len(absent) - 1} others" if absent[1:] else ""
        print(f"judge: {table}: rows about {absent[0]}{others} are left out, the folders are not given")
    return here


def pinned_names():
    with open(CORPUS / "packages.tsv", encoding="utf-8", newline="") as file:
        return [row["name"] for row in csv.DictReader(file, delimiter="\t")]


# --- what the tool reports --------------------------------------------------------------------------------------


def run_tool(tool, folder):
    command = [tool, "check", "--level", "note", "--output-format", "json", folder]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    if result.stderr:
        print(result.stderr, end="", file=sys.stderr)
    try:
        report = json.loads(result.stdout)
        if report["schema"] != "fraglint-check/1":
            raise Unusable(f"{tool}: unknown schema '{report['schema']}'")
        return report["findings"]
    except (ValueError, KeyError) as error:
        raise Unusable(f"{tool} exited with {result.returncode} and printed no report: {error!r}") from error


def findings_by_place(tool, folder, package_of):
    """{place: severity} of everything that the tool reports below a folder."""
    found = {}
    for finding in run_tool(tool, folder):
        path = Path(finding["path"]).resolve()
        if not path.is_relative_to(folder.resolve()):
            raise Unusable(f"{tool} reports {path}, which is not below {folder}")
        package, file = package_of(path.relative_to(folder.resolve()))
        found[Place(package, file, finding["line"], finding["code"])] = finding["severity"]
    return found


def first_part(path):
    return path.parts[0], "/".join(path.parts[1:])


# --- the figures ------------------------------------------------------------------------------------------------


def positives_of(recall):
    return {place for place, row in recall.items() if row["verdict"] == "positive"}


class Fetched(NamedTuple):
    """The fetched corpus: what warnings are counted on."""

    packages: set
    lines: int


class Score:
    """The figures of one rule, or of all: right and wrong are reported places, of any level, that a table judges."""

    def __init__(self, found, recall, precision, fetched, rule=None):
        places = [place for place in found if rule in (None, place.rule)]
        positives = {place for place in positives_of(recall) if rule in (None, place.rule)}
        right = {p for p in places if (p in positives) or precision.get(p, {}).get("verdict") == "right"}
        wrong = {
            p
            for p in places
            if recall.get(p, {}).get("verdict") == "negative" or precision.get(p, {}).get("verdict") == "wrong"
        }
        if right & wrong:
            raise Unusable(f"the tables disagree about {min(right & wrong)}")
        self.positives, self.found = len(positives), len(positives & found.keys())
        self.warnings = sum(found[place] == "warning" for place in places if place.package in fetched.packages)
        self.right, self.judged = len(right), len(right) + len(wrong)
        self.recall = self.found / self.positives if self.positives else None
        self.precision = self.right / self.judged if self.judged else None
        self.density = 1000 * self.warnings / fetched.lines if fetched.lines else 0.0

    def row(self, name):
        recall = (self.positives, self.found, percent(self.recall))
        precision = (self.warnings, self.judged, self.right, percent(self.precision))
        return (name, *recall, *precision, f"{self.density:.2f}")


def percent(value):
    return "-" if value is None else f"{100 * value:.0f} %"


def print_table(scores):
    head = ("rule", "positives", "found", "recall", "warnings", "judged", "right", "precision", "warnings/1000 lines")
    rows = [head, *(score.row(name) for name, score in scores.items())]
    widths = [max(len(str(row[column])) for row in rows) for column in range(len(head))]
    for row in rows:
        print("  ".join(str(cell).rjust(width) for cell, width in zip(row, widths)))
    for name, score in scores.items():
        if score.positives < ENOUGH_POSITIVES:
            print(f"{name}: only {score.positives} positives in the programs at hand, too few for a rate of its own")


def shortfalls(scores):
    """What falls below the bounds, in words."""
    total = scores["all"]
    if total.precision is not None and total.precision < MIN_PRECISION:
        yield f"precision {percent(total.precision)} is below {percent(MIN_PRECISION)}"
    if total.recall is not None and total.recall < MIN_RECALL:
        yield f"recall {percent(total.recall)} is below {percent(MIN_RECALL)}"
    for name, score in scores.items():
        if name != "all" and score.positives >= ENOUGH_POSITIVES and score.recall < MIN_RULE_RECALL:
            yield f"{name}: recall {percent(score.recall)} is below {percent(MIN_RULE_RECALL)}"


def list_places(title, places):
    if places:
        print(f"\n{title}:")
        for place in sorted(places):
            print(f"  {place}")


def judge(options):
    fetched = CORPUS / "fetched"
    packages = {folder.name: folder for folder in fetched.iterdir() if folder.is_dir()} if fetched.is_dir() else {}
    others = {"firmware": CORPUS / "firmware"} if (CORPUS / "firmware").is_dir() else {}
    others |= dict(options.root)
    roots = packages | others
    recall = in_reach(read_table(options.recall, ("positive", "negative")), roots, options.recall.name)
    precision = in_reach(read_table(options.precision, ("right", "wrong")), roots, options.precision.name)

    found = findings_by_place(options.tool, fetched, first_part) if packages else {}
    unjudged = {place for place, severity in found.items() if severity == "warning"} - precision.keys() - recall.keys()
    for name, folder in others.items():  # of these only the lines that a table speaks of are known
        reported = findings_by_place(options.tool, folder, lambda path, name=name: (name, path.as_posix()))
        found |= {place: severity for place, severity in reported.items() if place in recall or place in precision}
    corpus = Fetched(set(packages), sum(path.read_bytes().count(b"\n") for path in fetched.rglob("*.py")))

    rules = sorted({place.rule for place in [*recall, *precision, *found]})
    scores = {rule: Score(found, recall, precision, corpus, rule) for rule in rules}
    scores["all"] = Score(found, recall, precision, corpus)
    print_table(scores)
    positives = positives_of(recall)
    list_places("positives that are not reported", positives - found.keys())
    list_places("negatives that are reported", (recall.keys() - positives) & found.keys())
    list_places("warnings without a row in precision.tsv", unjudged)
    complaints = list(shortfalls(scores))
    if unjudged:
        complaints.append(f"warnings that nobody has judged: {len(unjudged)}")
    for complaint in complaints:
        print(f"judge: {complaint}", file=sys.stderr)
    return 1 if complaints else 0


def named_root(text):
    name, _, folder = text.rpartition("=")
    path = Path(folder)
    if not path.is_dir():
        raise argparse.ArgumentTypeError(f"there is no folder {path}")
    return name or path.resolve().name, path


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--tool", required=True, help="the built fraglint")
    parser.add_argument("--recall", type=Path, default=CORPUS / "recall.tsv")
    parser.add_argument("--precision", type=Path, default=CORPUS / "precision.tsv")
    other = "programs that rows of another origin are about; PACKAGE is the folder's name by default"
    parser.add_argument("--root", type=named_root, action="append", default=[], metavar="[PACKAGE=]DIR", help=other)
    try:
        return judge(parser.parse_args())
    except (OSError, Unusable) as error:
        print(f"judge: {error}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
