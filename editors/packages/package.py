"""Makes the packages of a finished build: package.py --build FOLDER --out FOLDER wheel|deb|tar… (`./dev package` does all of it). Into the
same folder go a bill of materials and the checksums. The same commit gives the same bytes."""

import argparse
import gzip
import hashlib
import io
import os
import platform
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]


def commit_date() -> str:
    return subprocess.run(["git", "-C", ROOT, "log", "-1", "--format=%ct"], check=True, capture_output=True, text=True).stdout.strip()


def run(*command: str | Path) -> None:
    finished = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if finished.returncode != 0:
        sys.exit(f"package.py: {command[0]} failed\n{finished.stdout}")


def make_wheel(build: Path, out: Path) -> None:
    # A static tool runs wherever the kernel does; components.py fails for one that is not.
    machine = platform.machine()
    tag = f"py3-none-manylinux_2_17_{machine}.manylinux2014_{machine}"
    run(sys.executable, "-m", "pip", "wheel", "--no-deps", "--no-index", "--no-build-isolation", "--wheel-dir", out,
        "-C", f"cmake.define.FRAGLINT_BUILD={build}", "-C", f"wheel.tags={tag}", ROOT)
    settle_wheel(next(out.glob("*.whl")))


# What is packed lies in the order in which the file system lists it, and a .deb says how much its blocks are: all are packed anew, in the
# order of the names.


def settle_wheel(package: Path) -> None:
    with zipfile.ZipFile(package) as archive:
        contents = {member: archive.read(member) for member in archive.infolist()}
    with zipfile.ZipFile(package, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        # The list of all files comes last, as the format has it.
        for member in sorted(contents, key=lambda member: (member.filename.endswith("/RECORD"), member.filename)):
            content = contents[member]
            if member.filename.endswith("/RECORD"):
                content = b"".join(sorted(content.splitlines(keepends=True)))
            archive.writestr(member, content)


def settle_deb(package: Path, folder: Path) -> None:
    run("dpkg-deb", "--raw-extract", package, folder)
    sums = folder / "DEBIAN/md5sums"
    sums.write_text("".join(sorted(sums.read_text().splitlines(keepends=True), key=lambda line: line.split(maxsplit=1)[1])))
    control = folder / "DEBIAN/control"
    kibibytes = sum(-(-path.stat().st_size // 1024) if path.is_file() else 1 for path in (folder / "usr").rglob("*"))
    control.write_text(re.sub(r"(?m)^Installed-Size: .*", f"Installed-Size: {kibibytes}", control.read_text()))
    run("dpkg-deb", "--root-owner-group", "-Zxz", "--threads-max=1", "--build", folder, package)


def settle_archive(package: Path) -> None:
    with tarfile.open(package) as archive:
        members = [(member, archive.extractfile(member)) for member in sorted(archive, key=lambda member: member.name)]
        packed = io.BytesIO()
        with gzip.GzipFile("", "wb", mtime=0, fileobj=packed) as zipped, tarfile.open(fileobj=zipped, mode="w") as again:
            for member, content in members:
                again.addfile(member, content)
    package.write_bytes(packed.getvalue())


def make_others(build: Path, out: Path, generators: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        run("cmake", "-G", "Ninja", "-S", HERE, "-B", folder, f"-DFRAGLINT_BUILD={build}")
        run("cmake", "--build", folder)
        for generator in generators:
            run("cpack", "--config", f"{folder}/CPackConfig.cmake", "-G", generator, "-B", f"{folder}/packages")
        for package in Path(folder, "packages").glob("*.deb"):
            settle_deb(package, Path(folder, "deb"))
            shutil.copy(package, out)
        for package in Path(folder, "packages").glob("*.tar.gz"):
            settle_archive(package)
            shutil.copy(package, out)
        shutil.copy(Path(folder, "made", "fraglint.cdx.json"), out)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--build", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("kinds", nargs="+", choices=["wheel", "deb", "tar"])
    arguments = parser.parse_args()
    os.environ.setdefault("SOURCE_DATE_EPOCH", commit_date())
    build, out = arguments.build.resolve(), arguments.out.resolve()
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    if "wheel" in arguments.kinds:
        make_wheel(build, out)
    make_others(build, out, [{"deb": "DEB", "tar": "TGZ"}[kind] for kind in arguments.kinds if kind != "wheel"])
    sums = [f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.name}\n" for file in sorted(out.iterdir())]
    (out / "SHA256SUMS").write_text("".join(sums))


if __name__ == "__main__":
    main()
