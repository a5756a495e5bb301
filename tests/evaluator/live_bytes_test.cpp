#include "evaluated.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace fraglint {
namespace {

using testing::HasSubstr;

Interval atEnd(const Evaluated &program) { return program.evaluation.phases.back().liveAtEnd; }

TEST(LiveBytes, AreKnownWhereAllIs) {
  Evaluated program("kept = bytearray(1000)\nbytearray(500)\n");
  // Loading holds what is known in bounds only.
  Interval running = atEnd(program) - Interval::exactly(program.evaluation.keptByLoad.lo);
  EXPECT_EQ(running.lo, 1008 + 16 + 32) << "with the larger table of the module's names";
  EXPECT_EQ(running.hi - running.lo,
            program.evaluation.keptByLoad.hi - program.evaluation.keptByLoad.lo);
}

TEST(LiveBytes, WhatATableHoldsIsInUseWhileItGrows) {
  for (llvm::StringRef code : {"kept = {}\nfor i in range(40):\n    kept[i] = bytearray(100)\n",
                               "kept = set()\nfor i in range(40):\n    kept.add(float(i))\n"}) {
    Evaluated program(code, "micropython/unix-64");
    Interval most = program.evaluation.live.figure.bytes;
    EXPECT_GE(most.lo, atEnd(program).lo) << code.str();
    EXPECT_GE(most.hi, atEnd(program).hi) << code.str();
  }
  // The names of the module are in a table, too.
  Evaluated program("a = bytearray(3000)\nb = 1\nc = 2\nd = 3\ne = 4\nf = []\n"
                    "for i in range(9):\n    f.append(i)\n",
                    "micropython/unix-64");
  EXPECT_GE(program.evaluation.live.figure.bytes.lo, atEnd(program).lo);
  EXPECT_GE(program.evaluation.live.figure.bytes.hi, atEnd(program).hi);
}

TEST(LiveBytes, OfAnObjectThatSomeWaysKeepAreNoneAtTheLeast) {
  llvm::StringRef code = "import machine\n"
                         "kept = bytearray(1000)\n"
                         "if machine.Pin(1).value():\n"
                         "    more = bytearray(5000)\n"
                         "last = bytearray(16)\n";
  Evaluated program(code);
  Interval live = atEnd(program);
  EXPECT_GE(live.lo, 1008 + 16) << "what every way keeps";
  EXPECT_LT(live.lo, 5000);
  EXPECT_GE(live.hi, 1008 + 5008);
  EXPECT_EQ(program.evaluation.live.figure.tag, CostTag::Bounded);
}

TEST(LiveBytes, OfItemsWhoseNumberIsNotKnownHaveNoBound) {
  Evaluated program("import machine\n"
                    "pin = machine.Pin(1)\n"
                    "lines = []\n"
                    "while True:\n"
                    "    if pin.value():\n"
                    "        lines.append('line %d' % machine.ADC(1).read_u16())\n");
  EXPECT_FALSE(program.evaluation.live.figure.bytes.hasHi());
  EXPECT_THAT(program.evaluation.live.reason, HasSubstr("`# fraglint: len<=64`"));
  EXPECT_FALSE(atEnd(program).hasHi());
}

TEST(LiveBytes, OfItemsWhoseNumberHasABoundAreThatManyTimesOne) {
  Evaluated program("import machine\n"
                    "lines = []\n"
                    "while True:\n"
                    "    lines.append(bytes(machine.UART(1).read(100) or b'-'))\n"
                    "    if len(lines) > 8:\n"
                    "        lines.pop(0)\n");
  Interval live = atEnd(program);
  ASSERT_TRUE(live.hasHi());
  EXPECT_GE(live.hi, 8 * 112) << "eight texts of 100 bytes";
}

TEST(LiveBytes, OfAProgramThatEndsDoNotGrow) {
  Evaluated program("out = []\n"
                    "def writer():\n"
                    "    while True:\n"
                    "        out.append(1)\n"
                    "        yield\n"
                    "task = writer()\n"
                    "for _ in range(20):\n"
                    "    next(task)\n");
  EXPECT_TRUE(program.evaluation.live.figure.bytes.hasHi());
  EXPECT_EQ(program.largestOf(4), Interval::exactly(128));
}

TEST(LiveBytes, OfWhatATableHoldsCountWhileItGrows) {
  for (const char *store : {"d[i] = bytearray(500)", "s.add(Pin(bytearray(500)))"}) {
    Evaluated program((llvm::Twine("class Pin:\n"
                                   "    def __init__(self, data):\n"
                                   "        self.data = data\n"
                                   "d = {}\n"
                                   "s = set()\n"
                                   "for i in range(30):\n"
                                   "    ") +
                       store + "\n")
                          .str());
    EXPECT_GE(program.evaluation.live.figure.bytes.lo, 15'000) << store;
    EXPECT_GE(program.evaluation.live.figure.bytes.hi,
              program.evaluation.phases.back().liveAtEnd.hi)
        << store;
  }
}

} // namespace
} // namespace fraglint
