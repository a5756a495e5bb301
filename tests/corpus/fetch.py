#!/usr/bin/env python3
"""Brings the real programs that the tables of corpus/ talk about into corpus/fetched (ignored by git).

corpus/packages.tsv pins each package by version and SHA-256: source distributions from the Python package index
that pip is configured with on this machine, and Debian packages through apt-get. Nothing of a package is run or
built: archives are read as data, and of their files only program text is written. Exit status 4: a package cannot be
had (all others are there then).
"""

import argparse
import ast
import csv
import hashlib
import io
import os
import shutil
import ssl
import subprocess
import sys
import tarfile
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path, PurePosixPath
from typing import NamedTuple

CORPUS = Path(__file__).resolve().parents[2] / "corpus"
TEXT_SUFFIXES = {".py", ".toml", ".txt"}
LAYOUT = "1"  # raise when what is extracted changes: every folder is then written anew
STAMP = ".fetched"
DOWNLOADS = 6
ATTEMPTS = 3
EXIT_UNAVAILABLE = 4


class Unavailable(Exception):
    """The package cannot be had; the text says why."""


class Package(NamedTuple):
    source: str
    name: str
    version: str
    sha256: str

    @property
    def folder(self):
        return f"{self.name}-{self.version}"

    @property
    def stamp(self):
        return f"{LAYOUT} {self.sha256}"


def read_packages(table):
    with open(table, encoding="utf-8", newline="") as file:
        return [Package(**row) for row in csv.DictReader(file, delimiter="\t")]


def is_current(package, root):
    try:
        return (root / package.folder / STAMP).read_text(encoding="ascii") == package.stamp
    except OSError:
        return False


# --- where the archives come from -------------------------------------------------------------------------------


def pip_options():
    """pip's own settings (files and PIP_… variables), so that a mirror, a proxy or a certificate is honoured."""
    command = [sys.executable, "-m", "pip", "config", "list"]
    listing = subprocess.run(command, capture_output=True, text=True, check=True)
    scopes = {"global": {}, "download": {}, ":env:": {}}  # as pip ranks them, the last one wins
    for line in listing.stdout.splitlines():
        key, _, value = line.partition("=")
        scope, _, option = key.rpartition(".")
        scopes.get(scope, {})[option.replace("_", "-")] = str(ast.literal_eval(value))
    return {**scopes["global"], **scopes["download"], **scopes[":env:"]}


class PythonIndex:
    """Source distributions from the package index, never built."""

    def __init__(self):
        from unearth import PackageFinder
        from unearth.auth import MultiDomainBasicAuth
        from unearth.fetchers import PyPIClient

        options = pip_options()
        indexes = options.get("index-url", "").split()  # none: the library's default, the same as pip's
        extra_indexes = options.get("extra-index-url", "").split()
        certificate = options.get("cert")
        self.client = PyPIClient(
            follow_redirects=True,
            proxy=options.get("proxy"),
            timeout=60,
            trusted_hosts=options.get("trusted-host", "").split(),
            verify=ssl.create_default_context(cafile=certificate) if certificate else True,
        )
        self.client.auth = MultiDomainBasicAuth(prompting=False, index_urls=indexes + extra_indexes)
        self.finder = PackageFinder(self.client, index_urls=indexes, no_binary=[":all:"], ignore_compatibility=True)
        for url in extra_indexes:
            self.finder.add_index_url(url)
        for place in options.get("find-links", "").split():
            self.finder.add_find_links(place)

    def archive(self, package):
        requirement = f"{package.name}=={package.version}"
        matches = self.finder.find_matches(requirement, allow_yanked=True, hashes={"sha256": [package.sha256]})
        if not matches:
            raise Unavailable("the package index has no source distribution of this version and hash")
        link = matches[0].link
        if link.is_file:
            return link.file_path.read_bytes()
        return self.client.get(link.normalized).raise_for_status().content


class DebianArchive:
    """Debian packages from the mirror that apt is configured with; needs no root."""

    def archive(self, package):
        if not shutil.which("apt-get"):
            raise Unavailable("it is a Debian package and there is no apt-get here")
        with tempfile.TemporaryDirectory() as place:
            sandbox = ["-o", "APT::Sandbox::User=root"] if os.geteuid() == 0 else []
            command = ["apt-get", *sandbox, "download", f"{package.name}={package.version}"]
            result = subprocess.run(command, cwd=place, capture_output=True, text=True, check=False)
            if result.returncode != 0:
                reason = result.stderr.strip().splitlines() or ["apt-get download failed"]
                raise Unavailable(f"{reason[-1]} (does `apt-get update` help?)")
            (deb,) = Path(place).glob("*.deb")
            return deb.read_bytes()


# --- what of an archive is kept ---------------------------------------------------------------------------------


def tarball(package, archive):
    """The archive as a tar file: a .deb is unwrapped by Debian's own tool."""
    if package.source == "debian":
        with tempfile.NamedTemporaryFile(suffix=".deb") as deb:
            deb.write(archive)
            deb.flush()
            archive = subprocess.run(["dpkg-deb", "--fsys-tarfile", deb.name], capture_output=True, check=True).stdout
    return tarfile.open(fileobj=io.BytesIO(archive))


def kept_path(package, name):
    """Where a member goes below the package's folder; None when it is not program text."""
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts:
        raise Unavailable(f"its archive names a file outside itself: {name}")
    if path.suffix not in TEXT_SUFFIXES:
        return None
    is_sdist = package.source == "pypi" and len(path.parts) > 1
    return PurePosixPath(*path.parts[1:]) if is_sdist else path


def unpack(package, archive, folder):
    """Writes the kept files; links, devices and modes are ignored. The folder appears whole or not at all."""
    part = folder.with_name(f".{folder.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    with tarball(package, archive) as members:
        for member in members:
            path = kept_path(package, member.name) if member.isfile() else None
            if path is not None:
                (part / path).parent.mkdir(parents=True, exist_ok=True)
                (part / path).write_bytes(members.extractfile(member).read())
    (part / STAMP).write_text(package.stamp, encoding="ascii")
    shutil.rmtree(folder, ignore_errors=True)
    part.rename(folder)


def fetch(package, source, root):
    """Brings one package; the answer is the complaint, or None."""
    for _ in range(ATTEMPTS):
        try:
            archive = source.archive(package)
            found = hashlib.sha256(archive).hexdigest()
            if found != package.sha256:
                raise Unavailable(f"its SHA-256 is {found}, pinned is {package.sha256}")
            unpack(package, archive, root / package.folder)
            return None
        except Unavailable as error:
            return f"{package.name} {package.version}: {error}"
        except Exception as error:  # the network's failures, whatever library raised them, belong to the package
            complaint = f"{package.name} {package.version}: {error!r}"
    return complaint


def fetch_all(packages, root):
    makers = {"pypi": PythonIndex, "debian": DebianArchive}
    sources = {kind: makers[kind]() for kind in {package.source for package in packages}}
    failures = []
    with ThreadPoolExecutor(DOWNLOADS) as pool:
        jobs = [pool.submit(fetch, package, sources[package.source], root) for package in packages]
        for done, job in enumerate(jobs, 1):
            failures += filter(None, [job.result()])
            if sys.stderr.isatty():
                print(f"\rfetching the corpus: {done} of {len(jobs)}", end="", file=sys.stderr)
    if sys.stderr.isatty():
        print(file=sys.stderr)
    return failures


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--table", type=Path, default=CORPUS / "packages.tsv", help="the pinned packages")
    parser.add_argument("--root", type=Path, default=CORPUS / "fetched", help="the folder to fill")
    options = parser.parse_args()

    packages = read_packages(options.table)
    wanted = {package.folder for package in packages}
    if options.root.is_dir():
        for folder in options.root.iterdir():
            if folder.name not in wanted:
                shutil.rmtree(folder)
    missing = [package for package in packages if not is_current(package, options.root)]
    if not missing:
        return 0
    failures = fetch_all(missing, options.root)
    for failure in failures:
        print(f"corpus fetch: {failure}", file=sys.stderr)
    print(f"corpus: {len(missing) - len(failures)} of {len(missing)} missing packages fetched", file=sys.stderr)
    return EXIT_UNAVAILABLE if failures else 0


if __name__ == "__main__":
    sys.exit(main())
