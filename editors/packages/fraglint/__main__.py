"""`python -m fraglint` is the command `fraglint` that was installed with this package."""

import os
import sys
import sysconfig


def tool() -> str:
    """The command beside this interpreter, or where `pip install --user` puts it."""
    places = [sysconfig.get_path("scripts"), sysconfig.get_path("scripts", f"{os.name}_user")]
    for place in places:
        path = os.path.join(place, "fraglint")
        if os.path.isfile(path):
            return path
    sys.exit(f"fraglint: no command in {' or '.join(places)}")


if __name__ == "__main__":
    os.execv(tool(), ["fraglint", *sys.argv[1:]])
