# One whole file of an update after the other, in loops that end.
import json

import machine
import utarfile


def unpack(path):
    archive = utarfile.TarFile(path)
    for entry in archive:
        if entry.type == utarfile.DIRTYPE:
            continue
        source = archive.extractfile(entry)
        content = source.read()  # expect: "`content`" "size is not known"
        with open(entry.name, "wb") as target:
            target.write(content)


def check(paths):
    for path in paths:
        with open(path) as source:
            rules = json.load(source)  # expect: "`rules`"
        for rule in rules:
            print(rule["name"])


unpack("/update.tar")
check(["/rules/%d.json" % number for number in range(20)])
machine.reset()
