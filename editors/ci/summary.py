"""A report of `fraglint check --output-format json` as Markdown, for the summary of a job: summary.py REPORT."""

import json
import os
import re
import sys
from pathlib import Path
from urllib.parse import quote

SHOWN = 100  # a summary may have 1 MiB


def words(count: int, one: str, many: str) -> str:
    return f"{count:,} {one if count == 1 else many}"


def plain(text: str) -> str:
    """In a cell of a table, with nothing left that means something there but code between back quotes."""
    return re.sub(r"([\\|<>\[\]*_~])", r"\\\1", " ".join(text.split()))


def place(finding: dict) -> str:
    text = f"{plain(finding['path'])}:{finding['line']}"
    server, repository, commit = (os.environ.get(f"GITHUB_{name}") for name in ("SERVER_URL", "REPOSITORY", "SHA"))
    if not (server and repository and commit) or os.path.isabs(finding["path"]):
        return text
    return f"[{text}]({server}/{repository}/blob/{commit}/{quote(finding['path'])}#L{finding['line']})"


def summary(report: dict) -> str:
    findings = report["findings"]
    lines = [f"## fraglint: {words(len(findings), 'finding', 'findings')} in {words(report['files'], 'file', 'files')}", ""]
    if findings:
        lines += ["| | rule | where | what |", "|---|---|---|---|"]
    for finding in findings[:SHOWN]:
        lines.append(f"| {finding['severity']} | {finding['code']} {finding['name']} | {place(finding)} | {plain(finding['message'])} |")
    if len(findings) > SHOWN:
        lines += ["", f"And {len(findings) - SHOWN:,} more."]
    if findings:
        lines += ["", f"Target: {plain(str(report['target']))}. `fraglint rule CODE` explains a rule."]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")
    sys.stdout.write(summary(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))))
