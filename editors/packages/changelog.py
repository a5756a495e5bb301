"""CHANGELOG.md as Debian writes changelogs, dated by SOURCE_DATE_EPOCH."""

import os
import re
import sys
import textwrap
from datetime import datetime, timezone
from email.utils import format_datetime
from pathlib import Path


def main() -> None:
    date = format_datetime(datetime.fromtimestamp(int(os.environ.get("SOURCE_DATE_EPOCH", "0")), timezone.utc))
    for release in re.split(r"^## ", Path(sys.argv[1]).read_text(), flags=re.MULTILINE)[1:]:
        heading, _, body = release.partition("\n")
        print(f"fraglint ({heading.split()[0]}) unstable; urgency=medium\n")
        for item in re.split(r"^- ", body, flags=re.MULTILINE)[1:]:
            print(textwrap.fill(" ".join(item.split()), 78, initial_indent="  * ", subsequent_indent="    ", break_on_hyphens=False))
        print(f"\n -- The fraglint authors <fraglint@localhost>  {date}\n")


if __name__ == "__main__":
    main()
