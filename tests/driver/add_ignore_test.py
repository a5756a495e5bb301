"""`fraglint check --add-ignore` on whole folders of programs: nothing is left, nothing is added twice, no comment is at fault, and every
program is to Python what it was."""
import argparse
import ast
import json
import pathlib
import shutil
import subprocess
import tempfile


def check(tool, folder, *options):
    done = subprocess.run([tool, "check", "--isolated", "--level", "note", *options, "."], cwd=folder, stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert done.returncode in (0, 1, 2), done.stderr.decode()
    return done


def findings(tool, folder):
    return json.loads(check(tool, folder, "--output-format", "json").stdout)["findings"]


def meaning(path):
    """What Python makes of a file; None where it cannot read it."""
    try:
        return ast.dump(ast.parse(path.read_bytes()))
    except (SyntaxError, ValueError, RecursionError):
        return None


def try_folder(tool, source):
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(temporary) / "programs"
        shutil.copytree(source, folder)
        files = sorted(folder.rglob("*.py"))
        meant = {file: meaning(file) for file in files}
        before = [one["code"] for one in findings(tool, folder)]
        check(tool, folder, "--add-ignore", "as it was found")
        written = {file: file.read_bytes() for file in files}
        left = findings(tool, folder)
        # What cannot be silenced was there before: broken files, and comments that were at fault already.
        assert {one["code"] for one in left} <= {"FRG001", "FRG002", "FRG003"}, left
        assert len([one for one in left if one["code"] == "FRG003"]) <= before.count("FRG003"), left
        check(tool, folder, "--add-ignore", "as it was found")
        changed = 0
        for file in files:
            assert file.read_bytes() == written[file], f"{file}: added twice"
            assert meaning(file) == meant[file], f"{file}: another program"
            changed += b"as it was found" in written[file]
        print(f"{source}: {len(before)} findings in {len(files)} files, comments in {changed}")
        return changed


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--tool", required=True, type=lambda path: pathlib.Path(path).resolve())
    arguments.add_argument("folders", nargs="+", type=pathlib.Path)
    given = arguments.parse_args()
    assert sum(try_folder(given.tool, folder) for folder in given.folders) > 0


if __name__ == "__main__":
    main()
