// Loops that nothing seems to end.
#include "evaluated.h"

#include <gtest/gtest.h>

namespace fraglint {
namespace {

// Passes are made until they bring nothing new.

TEST(EndlessLoops, AStateThatIsReachedBySeveralStepsIsReached) {
  Evaluated program("import machine\n"
                    "pin = machine.Pin(1)\n"
                    "state = since = 0\n"
                    "while True:\n"
                    "    since += 1\n"
                    "    if state == 0 and pin.value():\n"
                    "        state, since = 1, 0\n"
                    "    elif state == 1 and since >= 8:\n"
                    "        state = 2\n"
                    "    elif state == 2 and since >= 90000:\n"
                    "        state = 3\n"
                    "    elif state == 3:\n"
                    "        page = bytearray(1000)\n");
  EXPECT_EQ(program.largestOf(13).hi, 1000);
}

TEST(EndlessLoops, ALoopThatMayNotBeginIsFollowedToWhatComesLate) {
  Evaluated program("import machine\n"
                    "uart = machine.UART(1)\n"
                    "pin = machine.Pin(1)\n"
                    "def line():\n"
                    "    count = 0\n"
                    "    while True:\n"
                    "        if uart.read(1) == b'\\n':\n"
                    "            break\n"
                    "        count += 1\n"
                    "        if count == 20:\n"
                    "            page = bytearray(1000)\n"
                    "    return bytearray(count)\n"
                    "while True:\n"
                    "    if pin.value():\n"
                    "        line()\n");
  EXPECT_EQ(program.largestOf(11).hi, 1000);
  EXPECT_FALSE(program.largestOf(12).hasHi());
}

TEST(EndlessLoops, ACounterThatOnlySomeWaysCountHasNoBound) {
  Evaluated program("import machine\n"
                    "pin = machine.Pin(1)\n"
                    "count = 0\n"
                    "while True:\n"
                    "    if pin.value():\n"
                    "        count += 1\n"
                    "        if count % 1000 == 999:\n"
                    "            page = bytearray(500)\n"
                    "    row = bytearray(count)\n");
  EXPECT_EQ(program.largestOf(8).hi, 500);
  EXPECT_FALSE(program.largestOf(9).hasHi());
}

TEST(EndlessLoops, ALoopThatIsComeToAgainMakesItsPassesAgain) {
  Evaluated program("import machine\n"
                    "pin = machine.Pin(1)\n"
                    "def wait(limit):\n"
                    "    while True:\n"
                    "        if limit > 1 and pin.value():\n"
                    "            page = bytearray(600)\n"
                    "        if pin.value():\n"
                    "            return\n"
                    "wait(1)\n"
                    "wait(2)\n");
  EXPECT_EQ(program.largestOf(6).hi, 600);
}

TEST(EndlessLoops, ACounterThatIsKeptInATupleIsCounted) {
  Evaluated program("import machine\n"
                    "pin = machine.Pin(1)\n"
                    "place = (0, 1)\n"
                    "while True:\n"
                    "    if pin.value():\n"
                    "        place = (place[0] + 1, 2)\n"
                    "    if place[0] == 60:\n"
                    "        page = bytearray(800)\n");
  EXPECT_EQ(program.largestOf(8).hi, 800);
}

TEST(EndlessLoops, AGeneratorIsGoneOnWithAsOftenAsItIsAsked) {
  Evaluated program("import machine\n"
                    "pin = machine.Pin(1)\n"
                    "def numbers():\n"
                    "    count = 0\n"
                    "    while True:\n"
                    "        count += 1\n"
                    "        if pin.value():\n"
                    "            row = bytearray(11)\n"
                    "        if count == 280:\n"
                    "            page = bytearray(900)\n"
                    "        yield count\n"
                    "source = numbers()\n"
                    "for turn in range(300):\n"
                    "    next(source)\n"
                    "end = bytearray(950)\n");
  EXPECT_EQ(program.largestOf(10).hi, 900);
  EXPECT_EQ(program.largestOf(15).hi, 950);
}

// A loop that is left is none that the program stays in.

constexpr llvm::StringLiteral kReads = "import io\n"
                                       "def load(stream):\n"
                                       "    out = []\n"
                                       "    while True:\n"
                                       "        line = stream.readline()\n"
                                       "        if not line:\n"
                                       "            return out\n"
                                       "        out.append(line.strip() * 3)\n"
                                       "print(load(io.StringIO('a b\\nlonger\\nx\\n')))\n";

TEST(EndlessLoops, OneThatIsLeftIsNotTheMainLoop) {
  Evaluated program((kReads + "print([n * n for n in range(20)])\n").str());
  ASSERT_EQ(program.evaluation.phases.size(), 1U);
  EXPECT_EQ(program.evaluation.phases[0].phase, Phase::SetUp);
  EXPECT_TRUE(program.evaluation.isComplete);
}

TEST(EndlessLoops, OneThatIsLeftComesBeforeTheMainLoop) {
  Evaluated program((kReads + "while True:\n"
                              "    page = bytearray(100)\n")
                        .str());
  for (const SiteCost &site : program.evaluation.sites)
    if (site.site) {
      EXPECT_EQ(site.phase == Phase::Pass, program.lineOf(site.site) == 11)
          << program.lineOf(site.site);
    }
}

TEST(EndlessLoops, OneThatATestMayEndIsTheMainLoop) {
  Evaluated program("import machine\n"
                    "pin = machine.Pin(1)\n"
                    "while True:\n"
                    "    page = bytearray(100)\n"
                    "    if pin.value():\n"
                    "        break\n"
                    "print('end')\n");
  bool isInPass = false;
  for (const SiteCost &site : program.evaluation.sites)
    isInPass |= site.phase == Phase::Pass && program.lineOf(site.site) == 4;
  EXPECT_TRUE(isInPass);
}

} // namespace
} // namespace fraglint
