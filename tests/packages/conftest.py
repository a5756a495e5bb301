import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent  # of the virtual environment in which the tests run

# `frame` is deleted, and more is made before it is collected: one finding, with a safe fix.
BAD = """\
import board
import gc

frame = bytearray(8192)
print(frame[0])
del frame
other = bytearray(12288)
print(other[0])
"""
FIXED = BAD.replace("del frame\n", "del frame\ngc.collect()\n")


def pytest_addoption(parser):
    parser.addoption("--tool", required=True, type=Path)


def pytest_configure(config):
    config.addinivalue_line("markers", "full: takes packages, and runs in `./dev check --full packages` only")


@pytest.fixture(scope="session")
def tool(request) -> Path:
    return request.config.getoption("--tool").resolve()


@pytest.fixture(scope="session")
def build(tool) -> Path:
    return tool.parents[1]


@pytest.fixture(scope="session")
def version() -> str:
    lines = (ROOT / "CMakeLists.txt").read_text().splitlines()
    return next(line.split()[2] for line in lines if line.startswith("project(fraglint VERSION "))


def run(*command, cwd, **environment) -> tuple[int, str]:
    """Exit status and all that was said."""
    finished = subprocess.run(command, cwd=cwd, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
                              env={**os.environ, **environment})
    return finished.returncode, finished.stdout


def succeed(*command, cwd, **environment) -> str:
    status, output = run(*command, cwd=cwd, **environment)
    assert status == 0, f"{command}: {output}"
    return output


def make_packages(build: Path, out: Path, *kinds: str, **environment: str) -> Path:
    """Dated by no commit, of which there may be another before the tests have ended."""
    succeed(sys.executable, ROOT / "editors/packages/package.py", "--build", build, "--out", out, *kinds, cwd=ROOT,
            SOURCE_DATE_EPOCH="1700000000", **environment)
    return out


@pytest.fixture(scope="session")
def packages(build, tmp_path_factory) -> Path:
    """What `./dev package` makes."""
    return make_packages(build, tmp_path_factory.mktemp("packages"), "wheel", "deb", "tar")


@pytest.fixture(scope="session")
def wheel(packages) -> Path:
    return next(packages.glob("*.whl"))
