"""What is in the tool: no path of the machine that built it, and nothing of others that its bill of materials does not name."""

import json
import os
import shutil
import subprocess
import sys

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from conftest import ROOT

COMPONENTS = ROOT / "editors/packages/components.py"


@pytest.fixture(autouse=True)
def what_is_packed(build):
    if "FRAGLINT_STATIC:BOOL=ON" not in (build / "CMakeCache.txt").read_text():
        pytest.skip("builds for sanitizers and coverage are not packed")
    if not shutil.which("dpkg-query"):
        pytest.skip("packages are made on Debian")


def components(build, *arguments):
    return subprocess.run([sys.executable, COMPONENTS, "--build", build, "--version", "1.2.3", *arguments],
                          capture_output=True, text=True, env={**os.environ, "SOURCE_DATE_EPOCH": "1700000000"})


def test_no_path_of_this_machine_is_in_the_tool(tool, build):
    """Else a build in another folder, of the same sources, is another tool."""
    data = tool.read_bytes()
    assert b"analyzer/" in data, "debug information names the sources from the root of the repository"
    for folder in (ROOT, build):
        assert os.fsencode(folder) not in data, f"{folder} is in the tool"


def test_bill_of_materials_is_valid_and_names_what_is_linked(tool, build, tmp_path):
    sbom = tmp_path / "sbom.json"
    made = components(build, "--tool", tool, "--sbom", sbom)
    assert made.returncode == 0, made.stderr
    fault = JsonStrictValidator(SchemaVersion.V1_6).validate_str(sbom.read_text())
    assert fault is None, fault
    document = json.loads(sbom.read_text())
    names = {component["name"] for component in document["components"]}
    assert names >= {"LLVM Support", "glibc", "libstdc++ and libgcc", "CLI11", "toml++", "tree-sitter", "tree-sitter-python"}
    versions = {component["name"]: component["version"] for component in document["components"]}
    pinned = json.loads((ROOT / "package.json").read_text())["dependencies"]
    assert {name: versions[name] for name in pinned} == pinned
    assert document["metadata"]["timestamp"] == "2023-11-14T22:13:20Z"


def test_bill_of_materials_is_the_same_each_time(tool, build, tmp_path):
    for name in ("one", "two"):
        assert components(build, "--tool", tool, "--sbom", tmp_path / name).returncode == 0
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_the_schema_refuses_what_is_wrong(tool, build, tmp_path):
    sbom = tmp_path / "sbom.json"
    components(build, "--tool", tool, "--sbom", sbom)
    document = json.loads(sbom.read_text())
    document["components"][0]["licenses"] = [{"license": {"id": "no such licence"}}]
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(json.dumps(document)) is not None


def test_a_library_that_nobody_listed_is_refused(build, tmp_path):
    """A build folder in which the linker took something from another package."""
    stranger = next(path for path in ("/usr/lib/x86_64-linux-gnu/libgtest.a", "/usr/lib/aarch64-linux-gnu/libgtest.a")
                    if os.path.exists(path))
    for file in (".ninja_deps", ".ninja_log"):
        shutil.copy(build / file, tmp_path)
    (tmp_path / "build.ninja").write_text("")
    text = (build / "fraglint.map").read_text()
    (tmp_path / "fraglint.map").write_text(f"{stranger}(gtest-all.cc.o)\n{text}")
    made = components(tmp_path, "--licenses", tmp_path / "licenses.txt")
    assert made.returncode != 0
    assert "googletest" in made.stderr


def test_licences_are_there_in_full(build, tmp_path):
    file = tmp_path / "licenses.txt"
    made = components(build, "--licenses", file)
    assert made.returncode == 0, made.stderr
    text = file.read_text()
    for words in ("Apache License", "LLVM Exceptions", "GNU LESSER GENERAL PUBLIC LICENSE", "GCC RUNTIME LIBRARY EXCEPTION",
                  "Max Brunsfeld", "UNICODE, INC. LICENSE AGREEMENT", "University of Cincinnati", "Mark Gillard"):
        assert words.lower() in text.lower(), words
