"""What runs at GitHub and GitLab: checked against their published schemas (which check-jsonschema brings along), and then each step is
taken out of its file and run, in an environment as it is there: those that check with the tool as it was built, and, in the tests
marked `full`, also those that install the wheel."""

import importlib.resources
import json
import os
import re

import jsonschema
import pytest
import yaml

from conftest import BAD, FIXED, ROOT, run, succeed

ACTION = ROOT / "action.yml"
COMPONENT = ROOT / "editors/ci/gitlab/templates/fraglint.yml"


def faults(schema, document):
    text = importlib.resources.files("check_jsonschema.builtin_schemas.vendor").joinpath(f"{schema}.json").read_text()
    schema = json.loads(text)
    return [error.message for error in jsonschema.validators.validator_for(schema)(schema).iter_errors(document)]


# --- GitHub ---


class Job:
    """Runs the steps of action.yml as GitHub does: expressions replaced, outputs and PATH carried on, `bash -eo pipefail`. With
    a tool, that is on the PATH, and nothing is installed."""

    def __init__(self, folder, tool=None, **inputs):
        self.action = yaml.safe_load(ACTION.read_text())
        self.folder = folder
        self.values = {f"inputs.{name}": facts["default"] for name, facts in self.action["inputs"].items()}
        for name, value in inputs.items():
            name = f"inputs.{name.replace('_', '-')}"
            assert name in self.values
            self.values[name] = value
        self.values["github.action_path"] = str(ROOT)
        self.temp = folder.parent / "temp"
        self.temp.mkdir()
        self.files = {name: self.temp / name for name in ("GITHUB_PATH", "GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
        self.first = 1 if tool else 0
        self.path = f"{tool.parent}:{os.environ['PATH']}" if tool else os.environ["PATH"]
        self.said = ""

    def value(self, text):
        return re.sub(r"\$\{\{ (\S+) \}\}", lambda found: self.values[found[1]], text)

    def run_step(self, step):
        for file in self.files.values():
            file.touch()
        environment = {name: self.value(value) for name, value in step.get("env", {}).items()}
        status, output = run(
            "bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"],
            cwd=self.folder / self.value(step.get("working-directory", ".")),
            RUNNER_TEMP=str(self.temp), PATH=self.path, GITHUB_ACTIONS="true", GITHUB_SHA="abc", GITHUB_REPOSITORY="me/lamp",
            GITHUB_SERVER_URL="https://git.example", **environment, **{name: str(file) for name, file in self.files.items()})
        self.said += output
        self.path = ":".join([*self.files["GITHUB_PATH"].read_text().split(), self.path])
        self.files["GITHUB_PATH"].write_text("")
        for line in self.files["GITHUB_OUTPUT"].read_text().splitlines():
            name, _, value = line.partition("=")
            self.values[f"steps.{step.get('id')}.outputs.{name}"] = value
        self.files["GITHUB_OUTPUT"].write_text("")
        return status

    def run(self):
        """The status of the job. A step that fails ends it."""
        for step in self.action["runs"]["steps"][self.first:]:
            if "run" in step:
                status = self.run_step(step)
                if status != 0:
                    return status
        return 0

    def output(self, name):
        return self.value(self.action["outputs"][name]["value"])

    @property
    def summary(self):
        return self.files["GITHUB_STEP_SUMMARY"].read_text()


@pytest.fixture
def project(tmp_path):
    folder = tmp_path / "project"
    (folder / "a lamp").mkdir(parents=True)
    (folder / "a lamp/code.py").write_text(BAD)
    return folder


def test_action_is_valid():
    action = yaml.safe_load(ACTION.read_text())
    assert faults("github-actions", action) == []
    del action["runs"]["steps"][0]["shell"]
    assert faults("github-actions", action) != []


def test_no_input_is_pasted_into_a_script():
    """Whatever stands in an input, also what others wrote into a pull request, is data."""
    for step in yaml.safe_load(ACTION.read_text())["runs"]["steps"]:
        assert "${{" not in step.get("run", "")


def test_action_reports_and_fails(project, tool):
    job = Job(project, tool)
    assert job.run() == 1
    assert "::warning file=a lamp/code.py,line=6," in job.said, job.said
    sarif = json.loads(open(job.output("sarif")).read())
    assert [result["ruleId"] for result in sarif["runs"][0]["results"]] == ["FRG201"]
    assert job.output("status") == "1"
    assert "1 finding in 1 file" in job.summary
    assert "[a lamp/code.py:6](https://git.example/me/lamp/blob/abc/a%20lamp/code.py#L6)" in job.summary
    upload = next(step for step in job.action["runs"]["steps"] if "uses" in step)
    assert job.value(upload["with"]["sarif_file"]) == job.output("sarif")


def test_action_passes_what_is_clean(project, tool):
    (project / "a lamp/code.py").write_text(FIXED)
    job = Job(project, tool)
    assert job.run() == 0, job.said
    assert "0 findings in 1 file" in job.summary


def test_action_takes_its_inputs(project, tool):
    """Several paths, with spaces and with what a shell would run; a working directory; arguments; a board."""
    strange = project / "a lamp/$(touch pwned);'\"`.py"
    strange.write_text(BAD)
    (project / "a lamp/other.py").write_text(BAD)
    job = Job(project, tool, working_directory="a lamp", paths=f"code.py\n{strange.name}\n",
              target="raspberry_pi_pico", level="note", args="--exit-zero\n--extend-select\nFRG203")
    assert job.run() == 0, job.said
    assert "2 findings in 2 files" in job.summary
    assert "circuitpython/raspberry\\_pi\\_pico" in job.summary
    assert not list(project.rglob("pwned"))


def test_action_hands_on_its_inputs(project, tmp_path):
    """Each of them to its option, and nothing for those that are empty."""
    stub = tmp_path / "bin/fraglint"
    stub.parent.mkdir()
    stub.write_text('#!/bin/sh\nprintf "%s\\n" "$@" >"$RUNNER_TEMP/arguments"\n')
    stub.chmod(0o755)
    job = Job(project, stub, baseline="a baseline.json", since="origin/main", paths="lib\ncode.py\n")
    assert job.run() == 0, job.said
    given = (job.temp / "arguments").read_text().splitlines()
    after = given.index(str(job.temp / "fraglint.json")) + 1
    assert given[after:] == ["--baseline", "a baseline.json", "--since", "origin/main", "--", "lib", "code.py"]
    assert job.output("status") == "0" and "steps.check.outputs.sarif" not in job.values


def test_action_with_a_wrong_board_fails_without_a_report(project, tool):
    job = Job(project, tool, target="toaster")
    assert job.run() == 3, job.said
    assert "steps.check.outputs.sarif" not in job.values
    assert job.summary == ""


@pytest.mark.full
@pytest.mark.parametrize("named", [False, True])
def test_action_installs(project, wheel, version, monkeypatch, named):
    """The file that it is given, and else its own version from where pip finds it."""
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    if not named:
        monkeypatch.setenv("PIP_FIND_LINKS", str(wheel.parent))
    job = Job(project, **({"wheel": str(wheel)} if named else {}))
    assert job.run() == 1 and "FRG201" in job.said, job.said
    assert succeed(job.temp / "fraglint/bin/fraglint", "version", cwd=project).strip() == f"fraglint {version}"


# --- GitLab ---


def component(**inputs):
    """The job that the component makes, with its inputs put in as GitLab does."""
    header, _, text = COMPONENT.read_text().partition("\n---\n")
    given = {name: facts["default"] for name, facts in yaml.safe_load(header)["spec"]["inputs"].items()}
    for name, value in inputs.items():
        assert name in given
        given[name] = value

    def put_in(node):
        if isinstance(node, dict):
            return {put_in(name): put_in(value) for name, value in node.items()}
        if isinstance(node, list):
            return [put_in(value) for value in node]
        return re.sub(r"\$\[\[ inputs\.(\S+) \]\]", lambda found: given[found[1]], node) if isinstance(node, str) else node

    return put_in(yaml.safe_load(text))


def run_job(job, folder, tool=None):
    """As a runner does it: all lines of the script in one POSIX shell, which ends at the first that fails. With a tool, without what
    installs one."""
    script = [f"venv='{tool.parents[1]}'", *job["script"][1:]] if tool else job["script"]
    return run("sh", "-e", "-c", "\n".join(script), cwd=folder, **job["variables"])


def test_component_is_valid():
    header, _, _ = COMPONENT.read_text().partition("\n---\n")
    assert faults("gitlab-ci", yaml.safe_load(header)) == []
    job = component()
    assert faults("gitlab-ci", job) == []
    job["fraglint"]["artifacts"]["when"] = "sometimes"
    assert faults("gitlab-ci", job) != []


@pytest.mark.full
def test_component_installs_and_reports(project, wheel, monkeypatch):
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    job = component(requirement=str(wheel), target="raspberry_pi_pico")["fraglint"]
    check_component(project, job, *run_job(job, project))


def test_component_reports(project, tool):
    job = component(paths="a lamp", target="raspberry_pi_pico")["fraglint"]
    check_component(project, job, *run_job(job, project, tool))


def check_component(project, job, status, output):
    assert status == 1 and "a lamp/code.py:6:5: warning" in output, output
    report = json.loads((project / job["artifacts"]["reports"]["codequality"]).read_text())
    assert [(entry["check_name"], entry["location"]["path"]) for entry in report] == [("FRG201", "a lamp/code.py")]


def test_component_takes_several_words(project, tool):
    (project / "b * c.py").write_text(BAD)
    job = component(paths="b * c.py\na lamp", args="--exit-zero\n--level\nnote")["fraglint"]
    status, output = run_job(job, project, tool)
    assert status == 0 and "Found 2 warnings in 2 files." in output, output
