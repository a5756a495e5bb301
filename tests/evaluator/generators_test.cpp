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

} // namespace
} // namespace fraglint
