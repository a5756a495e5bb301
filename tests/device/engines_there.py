"""Fails where an engine is missing that `./dev engines` installs: else every test that needs it would be skipped, and pass.

`unix32` comes out of the archive of the distribution, and may not be had everywhere: where `./dev engines` has written that into
build/engines-missing, it is said and no failure.
"""
import json
import pathlib
import subprocess
import sys


def main(tool, recorded):
    rows = json.loads(subprocess.run([tool, "devices", "--format", "json"], check=True, capture_output=True).stdout)["engines"]
    not_to_be_had = recorded.read_text().split() if recorded.exists() else []
    failed = False
    for row in rows:
        if row["there"]:
            continue
        word = row["device"].split(":")[0]
        excused = word in not_to_be_had
        failed |= not excused
        print(f"{word} {'could not be had here: its tests are skipped' if excused else 'is missing: ./dev engines installs it'}")
    return 1 if failed or not rows else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], pathlib.Path(sys.argv[2])))
