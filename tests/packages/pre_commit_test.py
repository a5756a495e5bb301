"""The hooks, in a scratch repository, run by the real pre-commit: those of the mirror, which bring the wheel along, and those of this
repository, which want a fraglint on the PATH."""

import importlib.resources
import os
import shutil

import pytest
import yaml

from conftest import BAD, BIN, FIXED, ROOT, run, succeed

MIRROR = ROOT / "editors/pre-commit"


def hooks(folder):
    return yaml.safe_load((folder / ".pre-commit-hooks.yaml").read_text())


@pytest.fixture(scope="module")
def environment(tmp_path_factory):
    return {
        "PRE_COMMIT_HOME": str(tmp_path_factory.mktemp("home")), "PATH": f"{BIN}:/usr/bin:/bin",
        "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1",
        **{f"GIT_{who}_{what}": "t@localhost" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
    }


@pytest.fixture(scope="module")
def mirror(tmp_path_factory, environment, wheel, version):
    """pip sees a folder and no index: the wheel, and what builds the package of the mirror (virtualenv brings that along)."""
    wheels = tmp_path_factory.mktemp("wheels")
    shutil.copy(wheel, wheels)
    for file in importlib.resources.files("virtualenv.seed.wheels.embed").iterdir():
        if file.name.startswith("setuptools-"):
            shutil.copy(file, wheels)
    folder = tmp_path_factory.mktemp("mirror")
    succeed("git", "init", "--quiet", cwd=folder, **environment)
    succeed(MIRROR / "mirror.sh", folder, cwd=folder, **environment)
    assert succeed("git", "tag", cwd=folder, **environment).split() == [f"v{version}"]
    return {"repo": str(folder), "rev": f"v{version}"}, {**environment, "PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(wheels)}


@pytest.fixture(scope="module")
def system(tmp_path_factory, environment, tool):
    """The hooks as they are in this folder, whether committed or not."""
    folder = tmp_path_factory.mktemp("system")
    shutil.copy(ROOT / ".pre-commit-hooks.yaml", folder)
    succeed("git", "init", "--quiet", cwd=folder, **environment)
    succeed("git", "add", "--all", cwd=folder, **environment)
    succeed("git", "commit", "--quiet", "--message", "hooks", cwd=folder, **environment)
    revision = succeed("git", "rev-parse", "HEAD", cwd=folder, **environment).strip()
    return {"repo": str(folder), "rev": revision}, {**environment, "PATH": f"{tool.parent}:{environment['PATH']}"}


@pytest.fixture(params=["system", pytest.param("mirror", marks=pytest.mark.full)])
def source(request):
    """Where the hooks come from, and the environment in which they run."""
    return request.getfixturevalue(request.param)


def project(folder, source, *ids, **files):
    """A repository with the hooks installed, as `git commit` will run them."""
    repository, environment = source
    config = {"repos": [{**repository, "hooks": [{"id": name} for name in ids]}]}
    succeed("git", "init", "--quiet", cwd=folder, **environment)
    (folder / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config))
    succeed("pre-commit", "install", cwd=folder, **environment)
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)

    def commit():
        succeed("git", "add", "--all", cwd=folder, **environment)
        return run("git", "commit", "--message", "work", cwd=folder, **environment)

    return commit


def test_both_have_the_same_hooks():
    assert [{**hook, "language": "python"} for hook in hooks(ROOT)] == hooks(MIRROR)
    for hook in hooks(ROOT):
        assert hook["language"] == "system" and hook["require_serial"] and hook["types_or"] == ["python"]


def test_a_finding_stops_the_commit(tmp_path, source):
    commit = project(tmp_path, source, "fraglint", **{"code.py": BAD})
    status, output = commit()
    assert status == 1 and "code.py:6:5: FRG201" in output, output
    (tmp_path / "code.py").write_text(FIXED)
    status, output = commit()
    assert status == 0 and "Passed" in output, output


def test_the_fix_is_applied_and_then_passes(tmp_path, source):
    commit = project(tmp_path, source, "fraglint-fix", "fraglint", **{"code.py": BAD})
    status, output = commit()
    assert status == 1 and "files were modified by this hook" in output, output
    assert (tmp_path / "code.py").read_text() == FIXED
    status, output = commit()
    assert status == 0, output


def test_three_hundred_files_and_spaces(tmp_path, source):
    files = {f"programs/a b{number:03}/code.py": BAD for number in range(300)}
    commit = project(tmp_path, source, "fraglint", **files, **{"notes.txt": "del frame\n"})
    status, output = commit()
    assert status == 1, output
    assert output.count("FRG201") == 300 and "programs/a b299/code.py:6:5: FRG201" in output, output[-2000:]
    assert "in 300 files" in output, "one process sees all of them"


def test_excluded_stays_excluded_though_it_is_named(tmp_path, source):
    settings = 'extend-exclude = ["vendor/**"]\n'
    commit = project(tmp_path, source, "fraglint-fix", "fraglint", **{"vendor/code.py": BAD, "fraglint.toml": settings})
    status, output = commit()
    assert status == 0, output
    assert (tmp_path / "vendor/code.py").read_text() == BAD
