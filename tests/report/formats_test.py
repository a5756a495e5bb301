"""Each format that machines read, on what `fraglint check` says of real programs and of hostile files: by a schema, by the programs
that others validate with, and all against one another."""
import json
import os
import pathlib
import platform
import subprocess
import xml.etree.ElementTree as xml

import fastjsonschema
import pytest

from reports import READERS, sarif_path, text_of

ROOT = pathlib.Path(__file__).resolve().parents[2]
SCHEMAS = pathlib.Path(__file__).parent / "schemas"
CHECK_SCHEMA = ROOT / "editors/schemas/fraglint-check-1.json"
MULTITOOL = ROOT / "node_modules/@microsoft/sarif-multitool-linux"
# Rules of the Multitool that what we write does not meet, and why.
UNMET = {
    "SARIF2005": "fraglint has no page of its own that `informationUri` could name",
}

# Strings that a message quotes: control characters, line ends of Unicode, no character of XML; what is markup in some format.
CONTROL = "\x01\x1b[m\x7f\x85\u2028\ufffe日"
MARKUP = "]]>;%0A%25%AZP25::&#10;"
PROGRAM = """import board

while True:
    data = bytearray(4096)
    data[0] = 1
    print(data)
"""
REASON = 'once "<an hour>" & 日 \\ %25'
QUOTING = """import board

while True:
    data = ["{}"] * 400
    print(data)
"""
HOSTILE = {
    "with space.py": PROGRAM,
    "quo\"te'd.py": PROGRAM,
    "a&b<c>.py": PROGRAM,
    "100%25;]::x,y=z.py": PROGRAM,
    "a:b.py": PROGRAM,
    "line\nbreak.py": PROGRAM,
    "ünïcødé-日本.py": PROGRAM,
    b"latin\xff.py": PROGRAM,
    "empty.py": "",
    "line_ends.py": PROGRAM.replace("\n", "\r\n"),
    "broken.py": "import board\nwhile True:\n    x = bytearray(4096\n    def :\n",
    "control.py": QUOTING.format(CONTROL),
    "markup.py": QUOTING.format(MARKUP),
    "nul.py": PROGRAM.replace("print", "# \0\n    print"),
    "not_utf8.py": PROGRAM.encode() + b'print("caf\xe9")\n',
    "suppressed.py": PROGRAM.replace("4096)", "4096)  # fraglint: ignore[FRG999]"),
    "silenced.py": PROGRAM.replace("4096)", f"4096)  # fraglint: ignore[FRG103] {REASON}"),
}


def write_files(folder, files):
    folder.mkdir()
    for name, content in files.items():
        with open(os.path.join(os.fsencode(folder), os.fsencode(name)), "wb") as file:
            file.write(content if isinstance(content, bytes) else content.encode())


class Run:
    """One run over a folder, started in it, that writes every format. `status` is what it ends with."""

    def __init__(self, tool, folder, output, status):
        self.folder = folder
        self.output = output
        pairs = [word for name in READERS for word in ("--output-format", name, "--output-file", str(self.path(name)))]
        done = subprocess.run([tool, "check", "--isolated", "--quiet", "--level", "note", *pairs, "."], cwd=folder, timeout=300,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        assert (done.returncode, done.stdout) == (status, b"")

    def path(self, name):
        return self.output / f"report.{name}"

    def report(self, name):
        return self.path(name).read_bytes()

    def document(self, name):
        return json.loads(text_of(self.report(name)))

    def findings(self, name):
        return sorted(READERS[name](self.report(name)))


@pytest.fixture(scope="session")
def tool(request):
    return pathlib.Path(request.config.getoption("--tool")).resolve()


@pytest.fixture(scope="session", params=["firmware", "hostile", "quiet"])
def run(request, tool, tmp_path_factory):
    output = tmp_path_factory.mktemp(request.param)
    folder = output / "files of a project"
    if request.param == "firmware":
        return Run(tool, ROOT / "corpus/firmware", output, status=1)
    if request.param == "hostile":
        write_files(folder, HOSTILE)
        return Run(tool, folder, output, status=2)
    write_files(folder, {"code.py": "import board\n"})
    return Run(tool, folder, output, status=0)


def validate(schema, document):
    fastjsonschema.compile(schema)(document)


def read_schema(path):
    return json.loads(path.read_text())


def run_xmllint(run, name):
    done = subprocess.run(["xmllint", "--noout", "--nonet", "--schema", str(SCHEMAS / f"{name}.xsd"), str(run.path(name))],
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    assert done.returncode == 0, done.stdout


def as_xml(text):
    """What XML 1.0 has no character for shows as U+FFFD. Source: its production 2, Char."""
    return "".join(one if one in "\t\n\r" or " " <= one <= "\ufffd" or one >= "\U00010000" else "\ufffd" for one in text)


def expected(finding, name):
    if name in ("junit", "checkstyle"):
        return finding._replace(path=as_xml(finding.path), message=as_xml(finding.message))
    if name == "azure":  # which has two types of issue
        return finding._replace(severity="error" if finding.severity == "error" else "warning")
    return finding


@pytest.mark.parametrize("run", ["firmware"], indirect=True)
def test_programs_have_findings_of_all_kinds(run):
    """Else the tests below would show little."""
    findings = run.document("json")["findings"]
    assert len(findings) > 20
    assert {one["severity"] for one in findings} == {"note", "warning"}
    assert {one["fix"]["applicability"] for one in findings if one["fix"]} == {"safe", "unsafe"}
    assert any(one["notes"] for one in findings)


@pytest.mark.parametrize("run", ["hostile"], indirect=True)
def test_hostile_files_have_findings_each(run):
    findings = run.findings("json")
    assert {one.path for one in findings} == {os.fsencode(name).decode(errors="replace") for name in HOSTILE} - {"empty.py", "silenced.py"}
    for string in (CONTROL, MARKUP):
        assert any(string in one.message for one in findings)
    assert {"FRG001", "FRG002", "FRG003"} <= {one.code for one in findings}


@pytest.mark.parametrize("name", READERS)
def test_says_the_same_as_the_others(run, name):
    assert run.findings(name) == sorted(expected(one, name) for one in run.findings("json"))


def test_json(run):
    validate(read_schema(CHECK_SCHEMA), run.document("json"))


def test_jsonl(run):
    schema = read_schema(CHECK_SCHEMA)
    check = fastjsonschema.compile({**schema["definitions"]["finding"], "definitions": schema["definitions"]})
    lines = [json.loads(line) for line in run.report("jsonl").splitlines()]
    for line in lines:
        check(line)
    assert lines == run.document("json")["findings"]


def test_gitlab(run):
    document = run.document("gitlab")
    validate(read_schema(SCHEMAS / "gitlab.json"), document)
    prints = [one["fingerprint"] for one in document]
    assert len(set(prints)) == len(prints), "of two with one fingerprint GitLab shows one"


def test_rdjson(run):
    validate(read_schema(SCHEMAS / "rdjson.json"), run.document("rdjson"))


def test_rdjson_counts_columns_in_bytes(run):
    """Where `json` counts code points."""
    def bytes_before(one):
        content = (run.folder / one["path"]).read_bytes().split(b"\n")[one["end_line"] - 1]
        return len(content.decode()[:one["end_column"] - 1].encode())

    for one, other in zip(run.document("json")["findings"], run.document("rdjson")["diagnostics"]):
        if "\ufffd" not in one["path"] and one["code"] != "FRG002":
            assert other["location"]["range"]["end"] == {"line": one["end_line"], "column": bytes_before(one) + 1}


def test_junit(run):
    run_xmllint(run, "junit")
    suites = xml.parse(run.path("junit")).getroot()
    for one in (suites, *suites):
        assert int(one.get("tests")) == len(list(one.iter("testcase")))
        assert int(one.get("failures")) == len(list(one.iter("failure")))


def test_checkstyle(run):
    run_xmllint(run, "checkstyle")


def places_in(value):
    """Every artifactLocation, wherever it stands."""
    values = [value]
    while values:
        one = values.pop()
        if isinstance(one, dict):
            if "artifactLocation" in one:
                yield one["artifactLocation"]
            values.extend(one.values())
        elif isinstance(one, list):
            values.extend(one)


def test_sarif(run):
    document = run.document("sarif")
    validate(read_schema(MULTITOOL / "sarif-2.1.0.json"), document)
    one = document["runs"][0]
    bases = one["originalUriBaseIds"]
    for place in places_in(one["results"]):
        assert place["uriBaseId"] in bases
        assert os.path.exists(os.path.join(os.fsencode(run.folder), sarif_path(place["uri"])))
    rules = one["tool"]["driver"]["rules"]
    for result in one["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    prints = [result["partialFingerprints"]["primaryLocationLineHash"] for result in one["results"]]
    assert len(set(prints)) == len(prints)
    suppressed = [result["suppressions"] for result in one["results"] if result["suppressions"]]
    hostile = any("silenced" in place["uri"] for place in places_in(one["results"]))
    assert suppressed == ([[{"kind": "inSource", "justification": REASON}]] if hostile else [])


@pytest.mark.skipif(platform.machine() != "x86_64" or platform.system() != "Linux", reason="the Multitool is a program for Linux on x86-64")
def test_sarif_by_the_multitool(run):
    """The rules of SARIF and those of GitHub's code scanning; what is a mere note to the Multitool is left to us."""
    program = MULTITOOL / "Sarif.Multitool"
    program.chmod(0o755)  # which the package leaves to a script that does not run
    said = run.output / "multitool.sarif"
    environment = {**os.environ, "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1",
                   "http_proxy": "http://127.0.0.1:9", "https_proxy": "http://127.0.0.1:9"}  # it is to ask nothing of the network
    done = subprocess.run([str(program), "validate", str(run.path("sarif")), "--output", str(said), "--log", "ForceOverwrite",
                           "--level", "Error;Warning", "--rule-kind", "Sarif;Ghas"], env=environment, timeout=300,
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    assert done.returncode == 0, done.stdout
    results = json.loads(said.read_text(encoding="utf-8-sig"))["runs"][0]["results"]
    assert {one["ruleId"] for one in results} == set(UNMET), done.stdout
