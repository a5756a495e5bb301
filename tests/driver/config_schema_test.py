"""editors/schemas/fraglint-toml.json and the tool agree about configuration files: about those that README.md and the tests show, and about
mistakes. That both know the same keys, tests/lint/config_schema_test.cpp says."""
import argparse
import ast
import json
import pathlib
import re
import subprocess
import tempfile
import tomllib

import fastjsonschema

ROOT = pathlib.Path(__file__).resolve().parents[2]
SCHEMA = ROOT / "editors/schemas/fraglint-toml.json"

# What the tool refuses for what it finds outside the text: no schema can know.
OUTSIDE = ("is no known target", "cannot read the target", "`extend`", "this configuration needs fraglint")
# Patterns and targets are languages of their own.
DEEPER = ("`[a`: ",)

MISTAKES = """
targett = 'pyportal'
=
select = 'FRG103'
=
select = ['bufer-in-loop']
=
ignore = ['FRG1034']
=
ignore = [3]
=
level = 'loud'
=
level = 'error'
=
firmware = 1
=
baseline = true
=
require-reason = 'yes'
=
force-exclude = 1
=
exclude = 'build'
=
required-version = 'latest'
=
required-version = '>=0.1 <1'
=
required-version = 0.1
=
target = ['pyportal']
=
severity = 'off'
=
[severity]
FRG103 = 'loud'
=
[severity]
FRG103 = 'error'
=
[severity]
FRG001 = 'off'
=
[severity]
not-analysed = 'note'
=
[severity]
FRG1 = 'off'
=
[per-file-ignores]
'tests/**' = 'ALL'
=
per-file-ignores = ['ALL']
=
[budgets]
max-contigous = 1
=
[budgets]
max-live = '8k'
=
[budgets]
max-live = -1
=
[budgets]
max-growth = 1.5
=
[budgets]
'drivers/**' = 100
=
[budgets]
'drivers/**' = { max-lives = 1 }
=
[budgets]
'draw()' = { max-live = 1 }
=
budgets = 8192
=
[tool.fraglint]
level = 'note'
"""

GOOD = """
=
baseline = 'ci/known.json'
extend = '../fraglint.toml'
extend-select = ['FRG2', 'frg301', 'all']
extend-exclude = ['/lib/*.py', '*.{mpy,bak}']
force-exclude = true
firmware = ['tools/*.py']
=
baseline = ''
firmware = true
required-version = '~=0.1.0'
=
required-version = '>=0.1, <1, !=0.0.*'
=
required-version = '0.1.0'
=
[severity]
FRG103 = 'note'
del-without-collect = 'off'
[budgets]
max-growth = 0
'code.py' = { max-growth = 4096, max-live = 1, max-contiguous = 1, max-garbage-per-pass = 0 }
'Display.draw()' = { max-contiguous = 512 }
"""


def refusal(tool, text):
    """What the tool says against a configuration; empty where it takes it."""
    with tempfile.TemporaryDirectory() as folder:
        # One to extend, which lies above.
        project = pathlib.Path(folder) / "project"
        project.mkdir()
        (pathlib.Path(folder) / "fraglint.toml").write_text("")
        (project / "fraglint.toml").write_text(text)
        done = subprocess.run([tool, "config", str(project)], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              text=True, env={"HOME": folder})
        assert done.returncode in (0, 3), done.stderr
        return done.stderr if done.returncode else ""


def from_readme():
    for block in re.findall(r"```toml\n(.*?)```", (ROOT / "README.md").read_text(), re.DOTALL):
        if "based-on" not in block:  # that is a target
            yield block


def from_rules():
    """Tables in the explanations of rules."""
    for path in (ROOT / "rules").glob("*.cpp"):
        for block in re.findall(r"(?:^    .*\n)+", path.read_text(), re.MULTILINE):
            if block.lstrip().startswith("[budgets]"):
                yield re.sub(r"^    ", "", block, flags=re.MULTILINE)


def from_tests():
    """What tests of ours write to a `fraglint.toml`."""
    literal = r'"(?:[^"\\]|\\.)*"'
    for path in (ROOT / "tests").rglob("*.cpp"):
        for words in re.findall(rf'write\("(?:[^"]*/)?fraglint\.toml",\s*((?:{literal}\s*)+)\)', path.read_text()):
            yield "".join(ast.literal_eval(word) for word in re.findall(literal, words))


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--tool", required=True, type=lambda path: pathlib.Path(path).resolve())
    tool = arguments.parse_args().tool
    validate = fastjsonschema.compile(json.loads(SCHEMA.read_text()))

    def objection(text):
        try:
            validate(tomllib.loads(text))
            return ""
        except fastjsonschema.JsonSchemaException as error:
            return str(error)

    for text in re.split(r"^=\n", MISTAKES, flags=re.MULTILINE):
        assert refusal(tool, text), f"the tool takes:\n{text}"
        assert objection(text), f"the schema takes:\n{text}"
    shown = [*from_readme(), *from_rules()]
    assert len(shown) >= 4, shown
    for text in [*shown, *re.split(r"^=\n", GOOD, flags=re.MULTILINE)]:
        assert not refusal(tool, text), f"{refusal(tool, text)}\n{text}"
        assert not objection(text), f"{objection(text)}\n{text}"

    tried = taken = 0
    for text in from_tests():
        try:
            tomllib.loads(text)
        except tomllib.TOMLDecodeError:
            continue
        said, objected = refusal(tool, text), objection(text)
        tried += 1
        taken += not said
        if not said:
            assert not objected, f"{objected}\n{text}"
        elif not any(word in said for word in (*OUTSIDE, *DEEPER)):
            assert objected, f"{said}\n{text}"
    assert taken >= 20 and tried > taken, (tried, taken)
    print(f"{len(shown)} shown, {tried} of tests, {taken} of which the tool takes")


if __name__ == "__main__":
    main()
