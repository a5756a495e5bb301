// Generators of which it is not known which goes on, or where it stands.
#include "evaluated.h"

#include <gtest/gtest.h>

namespace fraglint {
namespace {

TEST(Generators, OneOfSeveralIsGoneOnWithAsEachOfThem) {
  Evaluated program("import machine\n"
                    "pin = machine.Pin(1)\n"
                    "def rows(size):\n"
                    "    while True:\n"
                    "        row = bytearray(size)\n"
                    "        yield row\n"
                    "def lines():\n"
                    "    count = 0\n"
                    "    while True:\n"
                    "        count += 1\n"
                    "        if count == 40:\n"
                    "            page = bytearray(900)\n"
                    "        yield count\n"
                    "effects = [rows(100), rows(300), lines()]\n"
                    "current = 0\n"
                    "while True:\n"
                    "    if pin.value():\n"
                    "        current = (current + 1) % len(effects)\n"
                    "    next(effects[current])\n");
  EXPECT_EQ(program.largestOf(5).hi, 300);
  EXPECT_EQ(program.largestOf(12).hi, 900);
}

TEST(Generators, OneThatWasGoneOnWithOnSomeWaysStandsInSeveralPlaces) {
  Evaluated program("import machine\n"
                    "pin = machine.Pin(1)\n"
                    "def steps():\n"
                    "    yield 1\n"
                    "    first = bytearray(701)\n"
                    "    yield 2\n"
                    "    second = bytearray(702)\n"
                    "    yield 3\n"
                    "    third = bytearray(703)\n"
                    "step = steps()\n"
                    "if pin.value():\n"
                    "    next(step)\n"
                    "next(step)\n"
                    "if pin.value():\n"
                    "    next(step)\n"
                    "for more in step:\n"
                    "    pass\n");
  EXPECT_EQ(program.largestOf(5).hi, 701);
  EXPECT_EQ(program.largestOf(7).hi, 702);
  EXPECT_EQ(program.largestOf(9).hi, 703);
}

TEST(Generators, OneOfSeveralIsGoneOver) {
  Evaluated program("import machine\n"
                    "pin = machine.Pin(1)\n"
                    "def short():\n"
                    "    yield 1\n"
                    "    page = bytearray(701)\n"
                    "def long():\n"
                    "    yield 1\n"
                    "    yield 2\n"
                    "    page = bytearray(702)\n"
                    "for item in short() if pin.value() else long():\n"
                    "    row = bytearray(703)\n"
                    "print(list(short() if pin.value() else long()))\n"
                    "end = bytearray(704)\n");
  EXPECT_EQ(program.largestOf(5).hi, 701);
  EXPECT_EQ(program.largestOf(9).hi, 702);
  EXPECT_EQ(program.largestOf(11).hi, 703);
  EXPECT_EQ(program.largestOf(13).hi, 704);
}

TEST(Generators, OneThatDelegatesOnSomeWaysGoesOn) {
  Evaluated program("import machine\n"
                    "pin = machine.Pin(1)\n"
                    "def inner():\n"
                    "    count = 0\n"
                    "    while True:\n"
                    "        count += 1\n"
                    "        if count == 50:\n"
                    "            page = bytearray(700)\n"
                    "        yield count\n"
                    "def outer():\n"
                    "    while True:\n"
                    "        if pin.value():\n"
                    "            yield from inner()\n"
                    "        else:\n"
                    "            yield 0\n"
                    "source = outer()\n"
                    "while True:\n"
                    "    next(source)\n"
                    "    row = bytearray(720)\n");
  EXPECT_EQ(program.largestOf(8).hi, 700);
  EXPECT_EQ(program.largestOf(19).hi, 720);
  EXPECT_LT(program.evaluation.steps, 100'000U);
}

TEST(Generators, ALoopOverOneThatNeverEndsComesToItsOtherEnd) {
  Evaluated program("import machine\n"
                    "adc = machine.ADC(1)\n"
                    "def samples():\n"
                    "    while True:\n"
                    "        yield adc.read_u16()\n"
                    "for sample in samples():\n"
                    "    row = bytearray(701)\n"
                    "    if sample == 7:\n"
                    "        break\n"
                    "end = bytearray(703)\n");
  EXPECT_EQ(program.largestOf(7).hi, 701);
  EXPECT_EQ(program.largestOf(10).hi, 703);
  EXPECT_LT(program.evaluation.steps, 100'000U);
}

TEST(Generators, WhatIsMadeOfOneThatGivesAnUnknownNumberHasNoBound) {
  for (const char *made :
       {"list(name for name in os.listdir())", "sorted(name for name in os.listdir())",
        "set(name for name in os.listdir())", "tuple(len(name) for name in os.listdir())",
        "','.join(name for name in os.listdir())", "dict((name, 1) for name in os.listdir())"}) {
    Evaluated program("import os\n"
                      "made = " +
                      std::string(made) +
                      "\n"
                      "page = bytearray(len(made) + 100)\n");
    EXPECT_EQ(program.largestOf(3), Interval::atLeast(100)) << made;
  }
  Evaluated program("import os\n"
                    "made = []\n"
                    "made.extend(name for name in os.listdir())\n"
                    "page = bytearray(len(made) + 100)\n");
  EXPECT_EQ(program.largestOf(4), Interval::atLeast(100));
}

TEST(Generators, OneThatMayBeOverMayStop) {
  Evaluated program("import machine\n"
                    "pin = machine.Pin(1)\n"
                    "def steps():\n"
                    "    yield 1\n"
                    "    yield 2\n"
                    "    row = bytearray(700)\n"
                    "step = steps()\n"
                    "if pin.value():\n"
                    "    next(step)\n"
                    "next(step)\n"
                    "try:\n"
                    "    next(step)\n"
                    "    page = bytearray(701)\n"
                    "except StopIteration:\n"
                    "    page = bytearray(702)\n");
  EXPECT_EQ(program.largestOf(6).hi, 700);
  EXPECT_EQ(program.largestOf(13).hi, 701);
  EXPECT_EQ(program.largestOf(15).hi, 702);
}

TEST(Generators, WhatIsDelegatedToMayBeOneOfSeveral) {
  Evaluated program("import machine\n"
                    "pin = machine.Pin(1)\n"
                    "def short():\n"
                    "    yield 1\n"
                    "def long():\n"
                    "    yield 3\n"
                    "    row = bytearray(701)\n"
                    "    yield 4\n"
                    "rows = [short(), long()]\n"
                    "def both():\n"
                    "    yield from rows[pin.value()]\n"
                    "    page = bytearray(702)\n"
                    "for item in both():\n"
                    "    line = bytearray(703)\n");
  EXPECT_EQ(program.largestOf(7).hi, 701);
  EXPECT_EQ(program.largestOf(12).hi, 702);
  EXPECT_EQ(program.largestOf(14).hi, 703);
}

TEST(Generators, WhatOneDoesAtItsEndIsDone) {
  Evaluated program("import machine\n"
                    "pin = machine.Pin(1)\n"
                    "pages = []\n"
                    "def read():\n"
                    "    while pin.value():\n"
                    "        yield 1\n"
                    "    pages.append(bytearray(800))\n"
                    "for item in read():\n"
                    "    pass\n"
                    "if len(pages) == 1:\n"
                    "    end = bytearray(900)\n");
  EXPECT_EQ(program.largestOf(11).hi, 900);
}

TEST(Generators, AYieldOnSomeWaysWaitsThereWithWhatThereWas) {
  Evaluated program("import machine\n"
                    "pin = machine.Pin(1)\n"
                    "size = 10\n"
                    "def steps():\n"
                    "    global size\n"
                    "    if pin.value():\n"
                    "        size = 900\n"
                    "        yield 1\n"
                    "        first = bytearray(size)\n"
                    "    size = 20\n"
                    "    yield 2\n"
                    "    second = bytearray(size + 1)\n"
                    "step = steps()\n"
                    "next(step)\n"
                    "page = bytearray(size + 2)\n"
                    "size += 2000\n"
                    "for item in step:\n"
                    "    size += 100\n");
  EXPECT_EQ(program.largestOf(9).hi, 2900);
  EXPECT_EQ(program.largestOf(12).hi, 3001);
  EXPECT_EQ(program.largestOf(15).hi, 902);
  EXPECT_TRUE(program.evaluation.gaps.empty());
}

TEST(Generators, OneWaitsInEachOfTheStatesThatItMayBeIn) {
  Evaluated program("import machine\n"
                    "pin = machine.Pin(1)\n"
                    "def debounce():\n"
                    "    stable = 0\n"
                    "    count = 0\n"
                    "    while True:\n"
                    "        now = pin.value()\n"
                    "        if now == stable:\n"
                    "            count = 0\n"
                    "            yield None\n"
                    "            continue\n"
                    "        count += 1\n"
                    "        if count == 3:\n"
                    "            stable = now\n"
                    "            edge = bytearray(701)\n"
                    "            yield now\n"
                    "        else:\n"
                    "            bounce = bytearray(702)\n"
                    "            yield None\n"
                    "button = debounce()\n"
                    "while True:\n"
                    "    if next(button):\n"
                    "        pressed = bytearray(703)\n");
  EXPECT_EQ(program.largestOf(15).hi, 701);
  EXPECT_EQ(program.largestOf(18).hi, 702);
  EXPECT_EQ(program.largestOf(23).hi, 703);
  EXPECT_LT(program.evaluation.steps, 100'000U);
  EXPECT_TRUE(program.evaluation.gaps.empty());
}

TEST(Generators, WhatIsDelegatedToOnSomeWaysReturns) {
  Evaluated program("import machine\n"
                    "pin = machine.Pin(1)\n"
                    "def wait(count):\n"
                    "    while pin.value():\n"
                    "        yield count\n"
                    "    return count * 100\n"
                    "def run():\n"
                    "    total = 1\n"
                    "    if pin.value():\n"
                    "        total += yield from wait(3)\n"
                    "        row = bytearray(total)\n"
                    "        total += yield from wait(4)\n"
                    "    page = bytearray(total)\n"
                    "runs = run()\n"
                    "for item in runs:\n"
                    "    line = bytearray(900 + item)\n");
  EXPECT_EQ(program.largestOf(11).hi, 301);
  EXPECT_EQ(program.largestOf(13).hi, 701);
  EXPECT_EQ(program.largestOf(16).hi, 904);
  EXPECT_TRUE(program.evaluation.gaps.empty());
}

TEST(Generators, WhatIsSentComesToEachPlace) {
  Evaluated program("import machine\n"
                    "pin = machine.Pin(1)\n"
                    "def parse():\n"
                    "    size = yield 0\n"
                    "    while True:\n"
                    "        if pin.value():\n"
                    "            size = yield 1\n"
                    "            row = bytearray(size)\n"
                    "        else:\n"
                    "            size = yield 2\n"
                    "            page = bytearray(size + 1)\n"
                    "parser = parse()\n"
                    "next(parser)\n"
                    "parser.send(100)\n"
                    "parser.send(700)\n"
                    "parser.send(800)\n");
  EXPECT_EQ(program.largestOf(8).hi, 800);
  EXPECT_EQ(program.largestOf(11).hi, 801);
  EXPECT_TRUE(program.evaluation.gaps.empty());
}

TEST(Generators, OneThatWaitsInATryIsClosedAtEachPlace) {
  Evaluated program("import machine\n"
                    "pin = machine.Pin(1)\n"
                    "size = 1\n"
                    "def read():\n"
                    "    try:\n"
                    "        if pin.value():\n"
                    "            yield 1\n"
                    "            row = bytearray(701)\n"
                    "        yield 2\n"
                    "        page = bytearray(702)\n"
                    "    finally:\n"
                    "        size = 703\n"
                    "        end = bytearray(size)\n"
                    "reader = read()\n"
                    "for item in reader:\n"
                    "    if pin.value():\n"
                    "        break\n"
                    "reader.close()\n"
                    "late = bytearray(801)\n");
  EXPECT_EQ(program.largestOf(8).hi, 701);
  EXPECT_EQ(program.largestOf(10).hi, 702);
  EXPECT_EQ(program.largestOf(13).hi, 703);
  EXPECT_EQ(program.largestOf(19).hi, 801);
  EXPECT_TRUE(program.evaluation.gaps.empty());
}

TEST(Generators, AnExceptionIsRaisedAtEachPlace) {
  Evaluated program("import machine\n"
                    "pin = machine.Pin(1)\n"
                    "def guarded():\n"
                    "    try:\n"
                    "        if pin.value():\n"
                    "            yield 1\n"
                    "        else:\n"
                    "            yield 2\n"
                    "    except ValueError:\n"
                    "        row = bytearray(701)\n"
                    "        if pin.value():\n"
                    "            return\n"
                    "        yield 3\n"
                    "        page = bytearray(702)\n"
                    "g = guarded()\n"
                    "next(g)\n"
                    "try:\n"
                    "    g.throw(ValueError())\n"
                    "    next(g)\n"
                    "except StopIteration:\n"
                    "    end = bytearray(703)\n");
  EXPECT_EQ(program.largestOf(10).hi, 701);
  EXPECT_EQ(program.largestOf(14).hi, 702);
  EXPECT_EQ(program.largestOf(21).hi, 703);
  EXPECT_TRUE(program.evaluation.gaps.empty());
}

TEST(Generators, OneIsOverOnSomeWaysFromThereOn) {
  Evaluated program("import machine\n"
                    "pin = machine.Pin(1)\n"
                    "def steps():\n"
                    "    if pin.value():\n"
                    "        return\n"
                    "    while True:\n"
                    "        yield 1\n"
                    "step = steps()\n"
                    "if next(step, 0):\n"
                    "    first = bytearray(701)\n"
                    "if not next(step, 0):\n"
                    "    second = bytearray(702)\n");
  EXPECT_EQ(program.largestOf(10).hi, 701);
  EXPECT_EQ(program.largestOf(12).hi, 702);
  EXPECT_TRUE(program.evaluation.gaps.empty());
}

TEST(Generators, IteratorsOverOneThatMayEndGoOn) {
  Evaluated program("import machine\n"
                    "pin = machine.Pin(1)\n"
                    "def some():\n"
                    "    for i in (10, 20, 30):\n"
                    "        if pin.value():\n"
                    "            yield i\n"
                    "for i, item in enumerate(some()):\n"
                    "    if i == 2:\n"
                    "        row = bytearray(701)\n"
                    "    if item == 30:\n"
                    "        page = bytearray(702)\n"
                    "for item, i in zip(some(), range(9)):\n"
                    "    line = bytearray(600 + i)\n"
                    "end = bytearray(703)\n");
  EXPECT_EQ(program.largestOf(9).hi, 701);
  EXPECT_EQ(program.largestOf(11).hi, 702);
  EXPECT_GE(program.largestOf(13).hi, 602);
  EXPECT_EQ(program.largestOf(14).hi, 703);
  EXPECT_TRUE(program.evaluation.gaps.empty());
}

TEST(Generators, WhatIsUnpackedOfOneThatMayEndMayBeTooFew) {
  Evaluated program("import machine\n"
                    "pin = machine.Pin(1)\n"
                    "def some():\n"
                    "    for i in (1, 2, 3):\n"
                    "        if pin.value():\n"
                    "            yield i\n"
                    "def count(one, two=0, *items):\n"
                    "    return bytearray(len(items) + one + two + 100)\n"
                    "try:\n"
                    "    first, second = some()\n"
                    "    row = bytearray(700 + second)\n"
                    "except ValueError:\n"
                    "    page = bytearray(704)\n"
                    "many = count(*some())\n");
  EXPECT_EQ(program.largestOf(11).hi, 703);
  EXPECT_EQ(program.largestOf(13).hi, 704);
  EXPECT_EQ(program.largestOf(8).hi, Interval::kNoHi);
  EXPECT_FALSE(program.evaluation.gaps.empty());
}

TEST(Generators, AnyItemOfOneThatMayEndIsAskedAbout) {
  Evaluated program("import machine\n"
                    "pin = machine.Pin(1)\n"
                    "def some():\n"
                    "    for i in (1, 2, 3):\n"
                    "        if pin.value():\n"
                    "            yield i\n"
                    "rows = list(some())\n"
                    "row = bytearray(700 + max(rows))\n"
                    "if 3 in some():\n"
                    "    page = bytearray(702)\n"
                    "if any(i > 2 for i in some()):\n"
                    "    line = bytearray(703)\n");
  EXPECT_EQ(program.largestOf(8).hi, 703);
  EXPECT_EQ(program.largestOf(10).hi, 702);
  EXPECT_EQ(program.largestOf(12).hi, 703);
  EXPECT_TRUE(program.evaluation.gaps.empty());
}

TEST(Generators, OneWithMorePlacesThanAreFollowedIsAGap) {
  std::string code = "import machine\n"
                     "pin = machine.Pin(1)\n"
                     "def steps():\n"
                     "    while True:\n";
  for (int i = 0; i < 40; ++i)
    code += "        if pin.value():\n"
            "            yield 1\n";
  code += "        yield 2\n"
          "step = steps()\n"
          "while True:\n"
          "    next(step)\n"
          "    row = bytearray(701)\n";
  Evaluated program(code);
  EXPECT_EQ(program.largestOf(89).hi, 701);
  EXPECT_FALSE(program.evaluation.gaps.empty());
}

TEST(Generators, OneThatCallsItselfIsFollowedWhileItBringsSomethingNew) {
  Evaluated program("import json, sys\n"
                    "def leaves(node):\n"
                    "    for key in sorted(node):\n"
                    "        part = node[key]\n"
                    "        if isinstance(part, dict):\n"
                    "            yield from leaves(part)\n"
                    "        else:\n"
                    "            row = bytearray(701)\n"
                    "            yield part\n"
                    "found = [leaf for leaf in leaves(json.loads(sys.stdin.readline()))]\n"
                    "page = bytearray(702)\n");
  EXPECT_EQ(program.largestOf(8).hi, 701);
  EXPECT_EQ(program.largestOf(11), Interval::exactly(702));
  EXPECT_LT(program.evaluation.log.events.size(), 2000U);
}

TEST(Generators, OneThatWasTakenForASecondOfItsLikeMayStandAnywhere) {
  Evaluated program("import machine\n"
                    "pin = machine.Pin(1)\n"
                    "kept = []\n"
                    "def steps(n):\n"
                    "    if pin.value():\n"
                    "        inner = steps(n)\n"
                    "        kept.append(inner)\n"
                    "        next(inner)\n"
                    "    yield 1\n"
                    "    yield 2\n"
                    "    row = bytearray(701)\n"
                    "    yield 3\n"
                    "next(steps(5))\n"
                    "if kept:\n"
                    "    next(kept[0])\n"
                    "    next(kept[0])\n");
  EXPECT_GE(program.largestOf(11).hi, 701);
}

TEST(Generators, WhatTakesOneItemAfterTheOtherAsksForTheSameHoweverManyThereAre) {
  Evaluated program("import machine\n"
                    "adc = machine.ADC(0)\n"
                    "levels = [0.5] * adc.read_u16()\n"
                    "total = sum(levels[i] for i in range(len(levels)))\n"
                    "worst = max(abs(level) for level in levels)\n"
                    "fine = all(level < 3 for level in levels)\n"
                    "squares = sum(i * i for i in range(len(levels)))\n"
                    "text = ','.join(str(level) for level in levels)\n"
                    "rows = list(level for level in levels)\n");
  for (uint32_t line : {4U, 5U, 6U, 7U})
    EXPECT_LE(program.largestOf(line).hi, 200)
        << line; // the frame of the generator and tables of names
  EXPECT_FALSE(program.largestOf(8).hasHi());
  EXPECT_FALSE(program.largestOf(9).hasHi());
}

// Of 65,535 items that are no more than a square each the sum has up to 48 bits.
TEST(Generators, SumsOfMoreThanAWordAreCharged) {
  Evaluated program("import machine\n"
                    "adc = machine.ADC(0)\n"
                    "count = adc.read_u16()\n"
                    "squares = sum(i * i for i in range(count))\n"
                    "plain = sum([adc.read_u16()] * count)\n"
                    "if squares > 1 << 40:\n"
                    "    page = bytearray(701)\n");
  EXPECT_GE(program.largestOf(4).hi, 16); // the object of a large int
  EXPECT_GE(program.largestOf(5).hi, 16);
  EXPECT_EQ(program.largestOf(7).hi, 701);
}

} // namespace
} // namespace fraglint
