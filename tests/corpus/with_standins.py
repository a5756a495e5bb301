"""MicroPython: runs a program of corpus/heap/open with stand-ins, so that all that these keep was there before it.

    micropython with_standins.py NAMES [STANDINS INPUT PROGRAM WORDS MODULE…]

Says how many bytes are then free, and in one run; and `end` where the program comes to its end, or to that of its input. What compiling
the stand-ins left free between them is filled, as a board begins with its heap in one piece, and the program's names are known, which
on a board are its own: with NAMES alone only the bytes that these take are said. WORDS are kept before the place where the program's
heap begins: where an address that stays on the C stack points there, another place is wanted.
"""
import gc
import sys

# Bytes of a word; and words of a run that no board would begin with, and how many that are longer are looked for.
WORD = 8 if sys.maxsize > 1 << 32 else 4
SHORT = 64
MOST_RUNS = 32


class EndOfInput(BaseException):
    pass


class Recorded:
    """As `fraglint measure` has it: values exist before they are read, and reading one asks for nothing."""

    def __init__(self, channels):
        self.channels = channels
        self.at = {channel: 0 for channel in channels}
        self.end = EndOfInput()

    def read(self, channel):
        at = self.at[channel]
        if at >= len(self.channels[channel]):
            raise self.end
        self.at[channel] = at + 1
        return self.channels[channel][at]


def make_known(path):
    """Each line of the file becomes a name."""
    file = open(path)
    for line in file:
        getattr(gc, line[:-1], None)
    file.close()


def take(count):
    return (None,) * count


def place_of(thing):
    """Its address in units that make a small number: one that is large would take a block itself."""
    return id(thing) >> 4


def collect(depth=16):
    """Calls lie over what others left on the C stack: an address there keeps what was there."""
    if depth:
        collect(depth - 1)
    else:
        gc.collect()


def longest():
    """Of all tuples that there is room for, in steps of some words; from above, since one that was there may still stay."""
    collect()
    count = gc.mem_free() // WORD
    while True:
        count -= 4
        try:
            return take(count)
        except MemoryError:
            pass


def last():
    """Where the last run begins that is not short."""
    place, held = None, [None] * MOST_RUNS
    for each in range(MOST_RUNS):
        held[each] = longest()
        if len(held[each]) < SHORT:
            break
        here = place_of(held[each])  # less than nothing where a small number holds no address
        place = here if place is None else max(place, here)
    for each in range(MOST_RUNS):
        held[each] = None  # should the list stay, they do not
    return place


def fill():
    """Block by block, up to where the last run begins; what lies there is let go. Again, since what this does itself takes blocks."""
    filled = None
    for _ in range(4):
        beyond = last()
        collect()
        while True:
            filled = (filled,)
            if beyond is None or place_of(filled) >= beyond:
                break
        filled = filled[0]
    return filled


def load(standins, recorded, modules):
    """What is garbage after each goes at once, so that they lie closely in a heap of any size."""
    sys.path.insert(0, standins)
    file = open(recorded)
    given = Recorded(__import__("json").load(file))
    file.close()
    module = type("module", (), {})()
    module.read, module.channels = given.read, given.channels
    sys.modules["recorded"] = module
    for name in modules:
        gc.collect()
        __import__(name)


def main(names, standins=None, recorded=None, program=None, words=0, *modules):
    if program:
        load(standins, recorded, modules)
    gc.collect()
    before = gc.mem_alloc()
    make_known(names)
    gc.collect()
    if not program:
        print("names", gc.mem_alloc() - before)
        return
    scope = {"__name__": "__main__"}
    kept = take(int(words)), fill()
    print("run", len(longest()) * WORD)
    collect()
    print("free", gc.mem_free(), gc.mem_alloc())
    collect()
    try:
        execfile(program, scope)
    except EndOfInput:
        pass
    print("end")


main(*sys.argv[1:])
