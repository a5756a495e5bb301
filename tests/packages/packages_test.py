"""The packages themselves, as `./dev package` makes them: each is installed where nothing else is, and runs."""

import hashlib
import json
import os
import shutil
import tarfile
import venv
import zipfile

import pytest

from conftest import BAD, BIN, ROOT, make_packages, run, succeed

pytestmark = pytest.mark.full

# What lintian calls an error and is meant so.
MEANT = {
    "statically-linked-binary": "it is to start on every distribution of the last ten years",
    "copyright-file-contains-full-apache-2-license": "the archive has the same file, and others have no common-licenses",
    "copyright-file-contains-full-gpl-license": "likewise",
    "bogus-mail-host": "the project has no address for mail yet",
    "bogus-mail-host-in-debian-changelog": "likewise",
}


def one(folder, pattern):
    found = list(folder.glob(pattern))
    assert len(found) == 1, found
    return found[0]


@pytest.fixture(scope="module")
def program(tmp_path_factory):
    file = tmp_path_factory.mktemp("program") / "code.py"
    file.write_text(BAD)
    return file


@pytest.fixture(scope="module")
def unpacked(packages, tmp_path_factory):
    """The tool as it lies in each package."""
    folder = tmp_path_factory.mktemp("unpacked")
    succeed("dpkg-deb", "-x", one(packages, "*.deb"), folder / "deb", cwd=folder)
    with tarfile.open(one(packages, "*.tar.gz")) as archive:
        archive.extractall(folder / "tar")
    with zipfile.ZipFile(one(packages, "*.whl")) as archive:
        archive.extractall(folder / "wheel")
    return {
        "deb": folder / "deb/usr/bin/fraglint",
        "tar": one(folder / "tar", "fraglint-*/bin/fraglint"),
        "wheel": one(folder / "wheel", "fraglint-*.data/scripts/fraglint"),
    }


def test_the_checksums_are_right_and_complete(packages):
    succeed("sha256sum", "--check", "--strict", "SHA256SUMS", cwd=packages)
    listed = {line.split()[1] for line in (packages / "SHA256SUMS").read_text().splitlines()}
    assert listed | {"SHA256SUMS"} == {file.name for file in packages.iterdir()}
    assert len(listed) == 4


def test_all_hold_the_same_tool(packages, unpacked):
    digests = {kind: hashlib.sha256(file.read_bytes()).hexdigest() for kind, file in unpacked.items()}
    sbom = json.loads((packages / "fraglint.cdx.json").read_text())
    assert set(digests.values()) == {sbom["metadata"]["component"]["hashes"][0]["content"]}, digests


def test_the_same_commit_makes_the_same_packages(build, packages, tmp_path):
    """Also on a file system that lists files in another order."""
    memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else str(tmp_path)
    again = make_packages(build, tmp_path / "elsewhere", "wheel", "deb", "tar", TMPDIR=memory)
    assert (again / "SHA256SUMS").read_text() == (packages / "SHA256SUMS").read_text()


def test_wheel_runs_wherever_its_tag_says(wheel):
    assert wheel.stat().st_size < 10_000_000
    said = " ".join(succeed(BIN / "auditwheel", "show", wheel, cwd=wheel.parent).split())
    assert "requires no external shared libraries" in said and "manylinux_2_5" in said, said


def test_wheel_carries_licences_and_bill(wheel):
    with zipfile.ZipFile(wheel) as archive:
        names = {name.partition(".dist-info/")[2] for name in archive.namelist()}
    assert names >= {"licenses/LICENSE", "licenses/THIRD-PARTY-LICENSES.txt", "sboms/fraglint.cdx.json"}


def test_wheel_in_a_clean_environment(wheel, program, tmp_path, version):
    """With nothing on the PATH but the environment's own commands: no Node, no LLVM, no library."""
    venv.create(tmp_path / "clean", with_pip=True)
    commands = tmp_path / "clean/bin"
    succeed(commands / "pip", "install", "--no-index", wheel, cwd=tmp_path)
    for command in (["fraglint"], ["python", "-m", "fraglint"]):
        assert succeed(commands / command[0], *command[1:], "version", cwd=tmp_path, PATH=str(commands)).strip() == f"fraglint {version}"
        status, output = run(commands / command[0], *command[1:], "check", program, cwd=tmp_path, PATH=str(commands))
        assert status == 1 and "FRG201" in output, output
    succeed(commands / "pip", "uninstall", "--yes", "fraglint", cwd=tmp_path)
    assert not (commands / "fraglint").exists()


def test_archive_runs_where_it_is_unpacked(unpacked, program, tool):
    prefix = unpacked["tar"].parents[1]
    status, output = run(unpacked["tar"], "check", program, cwd=prefix)
    assert status == 1 and "FRG201" in output, output
    for shell, file in {"bash": "bash-completion/completions/fraglint", "zsh": "zsh/vendor-completions/_fraglint",
                        "fish": "fish/vendor_completions.d/fraglint.fish"}.items():
        assert (prefix / "share" / file).read_text() == succeed(tool, "completions", shell, cwd=prefix)


def test_deb_has_what_debian_asks_for(packages):
    if not shutil.which("lintian"):
        pytest.skip("lintian is not installed")
    _, output = run("lintian", "--allow-root", "--fail-on", "none", one(packages, "*.deb"), cwd=packages)
    errors = [line for line in output.splitlines() if line.startswith("E: ") and line.split()[2] not in MEANT]
    assert errors == [], output


def debian_mirror():
    """That which apt is configured with."""
    listing = succeed("apt-get", "indextargets", "--format", "$(ORIGIN) $(RELEASE) $(REPO_URI)", "Created-By: Packages", cwd="/")
    places = [line.split()[2] for line in listing.splitlines() if line.startswith("Debian ") and "-security " not in line]
    return places[0] if places else None


def test_deb_and_archive_in_an_old_debian(packages, unpacked, tmp_path):
    """Debian 11, with nothing but its base: installed, run as a user, and removed without a trace."""
    if os.geteuid() != 0 or not shutil.which("debootstrap") or not debian_mirror():
        pytest.skip("debootstrap takes root, and a mirror of Debian")
    root = tmp_path / "bullseye"
    succeed("debootstrap", "--variant=minbase", "bullseye", root, debian_mirror(), cwd=tmp_path)
    inside = ("chroot", root)
    before = {path.relative_to(root) for path in (root / "usr").rglob("*")}
    shutil.copy(one(packages, "*.deb"), root / "fraglint.deb")
    shutil.copy(unpacked["tar"], root / "fraglint")
    (root / "srv/code.py").write_text(BAD)
    succeed(*inside, "dpkg", "-i", "/fraglint.deb", cwd=root)
    for command in ("fraglint", "/fraglint"):
        status, output = run("chroot", "--userspec=65534:65534", root, command, "check", "/srv/code.py", cwd=root)
        assert status == 1 and "FRG201" in output, output
    succeed(*inside, "dpkg", "--purge", "fraglint", cwd=root)
    assert {path.relative_to(root) for path in (root / "usr").rglob("*")} == before
