"""Readers of what `fraglint check` writes: each turns a report of one format into the findings in it.

Those of `github` and `azure` do what the programs do that read these logs: see there.
"""
import collections
import json
import re
import urllib.parse
import xml.etree.ElementTree as xml

Finding = collections.namedtuple("Finding", "path line code severity message")


def text_of(report):
    """Every format is UTF-8 without a byte order mark, whatever the analysed files are."""
    text = report.decode()
    assert not text.startswith("\ufeff")
    return text


def lines_of(report):
    lines = re.split(r"\r\n|\r|\n", text_of(report))
    assert lines.pop() == "", "the last line has no end"
    return lines


def finding_of(one):
    return Finding(one["path"], one["line"], one["code"], one["severity"], one["message"])


def json_findings(report):
    return [finding_of(one) for one in json.loads(text_of(report))["findings"]]


def jsonl_findings(report):
    return [finding_of(json.loads(line)) for line in lines_of(report)]


def sarif_findings(report):
    found = []
    for result in json.loads(text_of(report))["runs"][0]["results"]:
        if result["suppressions"]:  # which the others leave out
            continue
        place = result["locations"][0]["physicalLocation"]
        found.append(Finding(sarif_path(place["artifactLocation"]["uri"]).decode(errors="replace"), place["region"]["startLine"],
                             result["ruleId"], result["level"], result["message"]["text"]))
    return found


def sarif_path(uri):
    """The bytes of a path that a relative URI names. Source: RFC 3986, 3.3 and 4.2."""
    parts = urllib.parse.urlsplit(uri)
    assert not (parts.scheme or parts.netloc or parts.query or parts.fragment), uri
    assert re.fullmatch(r"(?:[\w.~!$&'()*+,;=:@/-]|%[0-9A-Fa-f]{2})+", uri, re.ASCII), uri
    return urllib.parse.unquote_to_bytes(parts.path).removeprefix(b"./")


def gitlab_findings(report):
    severities = {"major": "error", "minor": "warning", "info": "note"}
    return [Finding(one["location"]["path"], one["location"]["lines"]["begin"], one["check_name"],
                    severities[one["severity"]], one["description"]) for one in json.loads(text_of(report))]


def rdjson_findings(report):
    severities = {"ERROR": "error", "WARNING": "warning", "INFO": "note"}
    return [Finding(one["location"]["path"], one["location"]["range"]["start"]["line"], one["code"]["value"],
                    severities[one["severity"]], one["message"]) for one in json.loads(text_of(report))["diagnostics"]]


def junit_findings(report):
    found = []
    for case in xml.fromstring(report).iter("testcase"):
        for failure in case.iter("failure"):
            code, line = re.fullmatch(r"(\S+) \S+ at line (\d+), column \d+", case.get("name")).groups()
            found.append(Finding(case.get("classname"), int(line), code, failure.get("type"), failure.get("message")))
    return found


def checkstyle_findings(report):
    severities = {"error": "error", "warning": "warning", "info": "note"}
    return [Finding(file.get("name"), int(one.get("line")), one.get("source").removeprefix("fraglint."),
                    severities[one.get("severity")], one.get("message"))
            for file in xml.fromstring(report).iter("file") for one in file.iter("error")]


def decoded(text, escapes):
    """As both readers of logs do: one kind of escape after the other, what stands for `%` at last."""
    for escape, character in escapes.items():
        text = text.replace(escape, character)
    return text


def github_findings(report):
    """Source: GitHub's documentation, 'Workflow commands for GitHub Actions', and for the escapes the function that its toolkit writes
    such commands with (command.ts of @actions/core)."""
    severities = {"error": "error", "warning": "warning", "notice": "note"}
    known = {"file", "line", "endLine", "col", "endColumn", "title"}
    escapes = {"%0D": "\r", "%0A": "\n", "%25": "%"}
    in_property = {"%0D": "\r", "%0A": "\n", "%3A": ":", "%2C": ",", "%25": "%"}
    found = []
    for line in lines_of(report):
        begin, command, message = line.split("::", 2)
        assert begin == "", line
        name, words = command.split(" ", 1)
        values = {key: decoded(value, in_property) for key, value in (word.split("=", 1) for word in words.split(","))}
        assert set(values) <= known, line
        # Columns are for an annotation within one line.
        assert "col" not in values or values["line"] == values["endLine"], line
        found.append(Finding(values["file"], int(values["line"]), values["title"].split()[0], severities[name],
                             decoded(message, escapes)))
    return found


def azure_findings(report):
    """Source: the documentation of Azure Pipelines, 'Logging commands': LogIssue, and for the escapes 'Percent encoding' in that of its
    agent."""
    known = {"type", "sourcepath", "linenumber", "columnnumber", "code"}
    escapes = {"%3B": ";", "%0D": "\r", "%0A": "\n", "%5D": "]", "%AZP25": "%"}
    found = []
    for line in lines_of(report):
        command, message = line.split("]", 1)
        name, words = command.split(" ", 1)
        assert name == "##vso[task.logissue", line
        values = {key: decoded(value, escapes) for key, value in (word.split("=", 1) for word in words.split(";") if word)}
        assert set(values) == known and values["type"] in ("error", "warning"), line
        found.append(Finding(values["sourcepath"], int(values["linenumber"]), values["code"], values["type"], decoded(message, escapes)))
    return found


READERS = {
    "json": json_findings,
    "jsonl": jsonl_findings,
    "sarif": sarif_findings,
    "gitlab": gitlab_findings,
    "rdjson": rdjson_findings,
    "junit": junit_findings,
    "checkstyle": checkstyle_findings,
    "github": github_findings,
    "azure": azure_findings,
}
