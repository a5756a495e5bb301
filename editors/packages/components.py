"""What of others is in the tool, read off its build: the linker's map says from which archives it took something, and Ninja knows
every header that was read. Each of those files belongs to a component below, or this fails. Out of it come the licences that a
package must carry, and a bill of materials (CycloneDX 1.6)."""

import argparse
import hashlib
import json
import os
import re
import subprocess
import sys
import uuid
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Kind:
    """What no package says in a form that a program reads."""

    source: str  # Debian's source package or the npm package, as a pattern
    name: str
    license: str  # an SPDX expression
    texts: tuple[str, ...] = ()  # what its copyright file only refers to


KINDS = [
    Kind(r"llvm-toolchain-\d+", "LLVM Support", "Apache-2.0 WITH LLVM-exception", ("Apache-2.0",)),
    Kind(r"gcc-\d+", "libstdc++ and libgcc", "GPL-3.0-or-later WITH GCC-exception-3.1", ("GPL-3",)),
    Kind(r"glibc", "glibc", "LGPL-2.1-or-later", ("LGPL-2.1",)),
    Kind(r"zlib", "zlib", "Zlib"),
    Kind(r"libzstd", "zstd", "BSD-3-Clause"),
    Kind(r"cli11", "CLI11", "BSD-3-Clause"),
    Kind(r"tomlplusplus", "toml++", "MIT"),
    Kind(r"tree-sitter", "tree-sitter", "MIT AND Unicode-DFS-2016"),
    Kind(r"tree-sitter-python", "tree-sitter-python", "MIT"),
]

# Headers of the kernel's interface: numbers and layouts, of which nothing is taken over into the tool.
INTERFACES = {"linux"}


@dataclass(frozen=True)
class Component:
    """Of a library that several packages make up, the last of them by name."""

    kind: Kind
    version: str
    purl: str
    notices: tuple[Path, ...]


def kind_of(source: str) -> Kind:
    for kind in KINDS:
        if re.fullmatch(kind.source, source):
            return kind
    sys.exit(f"components.py: '{source}' is in the tool, and no component is known that it belongs to")


def linked_archives(build: Path) -> set[Path]:
    """The archives of which the linker took a member, and the objects that it was given."""
    text = (build / "fraglint.map").read_text()
    members = re.findall(r"^(\S.*\.a)\(.+\)$", text.partition("Memory Configuration")[0], re.MULTILINE)
    objects = re.findall(r"^LOAD (.*\.o)$", text, re.MULTILINE)
    return {(build / file).resolve() for file in members + objects}


def read_sources(build: Path) -> set[Path]:
    """The sources and headers that were read for what is in the tool: for all objects but those of tests."""
    listing = subprocess.run(["ninja", "-C", build, "-t", "deps"], check=True, capture_output=True, text=True).stdout
    files = set()
    wanted = False
    for line in listing.splitlines():
        if not line.startswith(" "):
            wanted = not line.startswith("tests/")
        elif wanted:
            files.add(line.strip())
    return {(build / file).resolve() for file in files}


def npm_component(package: Path) -> Component:
    facts = json.loads((package / "package.json").read_text())
    notices = sorted(file for file in package.rglob("LICENSE") if "node_modules" not in file.relative_to(package).parts)
    return Component(kind_of(facts["name"]), facts["version"], f"pkg:npm/{facts['name']}@{facts['version']}", tuple(notices))


def debian_components(files: list[Path]) -> list[Component]:
    # What has no owner is said on standard error, and only then is the status not 0.
    asked = subprocess.run(["dpkg-query", "-S", *files], capture_output=True, text=True)
    if asked.returncode != 0:
        sys.exit(f"components.py: in the tool, and of no package: {asked.stderr.strip()}")
    result = []
    for package in sorted({line.split(":")[0] for line in asked.stdout.splitlines()}):
        shown = "${source:Package} ${source:Upstream-Version} ${Version} ${Architecture}"
        source, upstream, version, machine = subprocess.run(
            ["dpkg-query", "-W", "-f", shown, package], check=True, capture_output=True, text=True
        ).stdout.split()
        if source not in INTERFACES:
            purl = f"pkg:deb/debian/{package}@{version.replace(':', '%3A')}?arch={machine}"
            notice = Path("/usr/share/doc", package, "copyright")
            result.append(Component(kind_of(source), re.sub(r"[+.](ds|dfsg)\d*$", "", upstream), purl, (notice,)))
    return result


def components_of(build: Path) -> list[Component]:
    found: list[Component] = []
    foreign: dict[Path, Path] = {}  # of a folder of headers one will do: there are thousands
    for file in read_sources(build) | linked_archives(build):
        if file.is_relative_to(ROOT / "node_modules"):
            found.append(npm_component(ROOT / "node_modules" / file.relative_to(ROOT / "node_modules").parts[0]))
        elif not file.is_relative_to(ROOT) and not file.is_relative_to(build):
            foreign[file if file.suffix in (".a", ".o") else file.parent] = file
    found += debian_components(list(foreign.values()))
    return sorted({component.kind.name: component for component in found}.values(), key=lambda component: component.kind.name)


def licenses(components: list[Component]) -> str:
    parts = [
        "fraglint is linked statically. This is what of others is in it, and on what terms. It is under the MIT licence itself; its\n"
        "sources, and how to link them with another version of each library, are in its repository.\n"
    ]
    texts: list[str] = []
    for component in components:
        parts.append(f"{'=' * 100}\n{component.kind.name} {component.version}: {component.kind.license}\n{'=' * 100}\n")
        parts.extend(notice.read_text() for notice in component.notices)
        texts += [text for text in component.kind.texts if text not in texts]
    for text in texts:
        parts.append(f"{'=' * 100}\nThe text of {text}\n{'=' * 100}\n")
        parts.append(Path("/usr/share/common-licenses", text).read_text())
    return "\n".join(parts)


def license_entry(expression: str) -> list[dict]:
    return [{"expression": expression}] if " " in expression else [{"license": {"id": expression}}]


def bill_of_materials(components: list[Component], version: str, tool: Path) -> dict:
    digest = hashlib.sha256(tool.read_bytes()).hexdigest()
    made = datetime.fromtimestamp(int(os.environ.get("SOURCE_DATE_EPOCH", "0")), timezone.utc)
    own = f"pkg:generic/fraglint@{version}"
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_OID, digest)}",  # the same for the same tool
        "version": 1,
        "metadata": {
            "timestamp": made.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "component": {
                "type": "application", "bom-ref": own, "name": "fraglint", "version": version, "purl": own,
                "licenses": license_entry("MIT"), "hashes": [{"alg": "SHA-256", "content": digest}],
            },
        },
        "components": [
            {"type": "library", "bom-ref": component.purl, "name": component.kind.name, "version": component.version,
             "purl": component.purl, "licenses": license_entry(component.kind.license)}
            for component in components
        ],
        "dependencies": [{"ref": own, "dependsOn": [component.purl for component in components]}],
        "compositions": [{"aggregate": "complete", "dependencies": [own]}],
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--build", type=Path, required=True, help="folder of a finished build")
    parser.add_argument("--version", required=True)
    parser.add_argument("--tool", type=Path, help="the tool as it is packed, for --sbom")
    parser.add_argument("--licenses", type=Path, help="write the licences there")
    parser.add_argument("--sbom", type=Path, help="write the bill of materials there")
    arguments = parser.parse_args()
    components = components_of(arguments.build.resolve())
    if arguments.licenses:
        arguments.licenses.write_text(licenses(components))
    if arguments.sbom:
        document = bill_of_materials(components, arguments.version, arguments.tool)
        arguments.sbom.write_text(json.dumps(document, indent=2) + "\n")


if __name__ == "__main__":
    main()
