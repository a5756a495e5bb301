"""The extension for VS Code: its own tests, and the package that people install. Visual Studio Code itself cannot be had here."""

import json
import os
import subprocess
import zipfile

import pytest

from conftest import EDITORS

FOLDER = EDITORS / "vscode"


@pytest.fixture
def tool(request):
    return os.path.abspath(request.config.getoption("--tool"))


def npm(*words, **environment):
    done = subprocess.run(
        ["npm", "--prefix", FOLDER, *words], env=os.environ | environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    assert done.returncode == 0, done.stdout


def test_its_own_tests(tool):
    npm("test", FRAGLINT=tool)


def test_package(tool, tmp_path):
    npm("run", "package", "--", tool)
    version = subprocess.run([tool, "version"], capture_output=True, text=True, check=True).stdout.split()[1]
    with zipfile.ZipFile(FOLDER / "out" / f"fraglint-{version}.vsix") as package:
        names = {name for name in package.namelist() if name.startswith("extension/")}
        assert names == {f"extension/{name}" for name in ("package.json", "readme.md", "LICENSE.txt", "out/extension.js", "bin/fraglint")}
        manifest = json.loads(package.read("extension/package.json"))
        assert (package.getinfo("extension/bin/fraglint").external_attr >> 16) & 0o111, "the tool must be executable"
        carried = package.extract("extension/bin/fraglint", tmp_path)
    assert manifest["main"] == "out/extension.js" and manifest["version"] == version
    os.chmod(carried, 0o755)
    assert subprocess.run([carried, "version"], capture_output=True, text=True, check=True).stdout.split()[1] == version
