#include "evaluator/program_heap.h"
#include "support/analysed.h"
#include "support/parsed.h"

#include <gtest/gtest.h>

namespace fraglint {
namespace {

// On a CircuitPython board of 128 KiB: blocks of 16 bytes, 1,024 bytes are large, and frames lie
// beside the heap. A bytearray of n bytes takes a block for its header and as many as n needs: of
// 2,000 bytes 16 + 2,000, of 3,000 bytes 16 + 3,008.

/// A program with the evaluation of it.
struct Watched : Analysed {
  explicit Watched(llvm::StringRef code, llvm::StringRef target = "circuitpython/generic")
      : Analysed(code, target), program(heap) {}

  Interval waitingAt(llvm::StringRef text) const {
    auto figures = program.at(*site(text));
    return figures && figures->waiting ? figures->waiting->bytes : Interval::unknown();
  }
  Interval heldAt(llvm::StringRef text, llvm::StringRef other) const {
    auto figure = program.heldAt(*site(text), *site(other));
    return figure ? figure->bytes : Interval::unknown();
  }
  Interval leftByCall(size_t index) const {
    auto figures = program.leftBy(heap.calls()[index]);
    return figures ? figures->garbage.bytes : Interval::unknown();
  }
  Interval perPass() const {
    auto figures = program.perPass(heap.loops().front());
    return figures ? figures->garbage.bytes : Interval::unknown();
  }

  ProgramHeap program;
};

TEST(ProgramHeap, GarbageWaitsWhereSomethingIsAskedForAgain) {
  Watched program("while True:\n"
                  "    scratch = bytearray(2000)\n"
                  "    scratch = None\n"
                  "    kept = bytearray(3000)\n");
  // The scratch of this pass. The `kept` of the last pass is still bound, that of the pass before
  // it, 3,024 bytes, went since: there is none at the second time, and one at the third.
  EXPECT_EQ(program.waitingAt("bytearray(3000)"), (Interval{2016, 2016 + 3024}));
  EXPECT_EQ(program.program.why(), "");
  auto figures = program.program.at(*program.site("bytearray(3000)"));
  EXPECT_TRUE(figures->isSure);
  EXPECT_EQ(figures->largest.bytes, Interval::exactly(3000));
}

TEST(ProgramHeap, ACollectionLeavesNoneToWait) {
  Watched program("import gc\n"
                  "while True:\n"
                  "    scratch = bytearray(2000)\n"
                  "    scratch = None\n"
                  "    gc.collect()\n"
                  "    kept = bytearray(3000)\n");
  EXPECT_EQ(program.waitingAt("bytearray(3000)"), Interval::exactly(0));
  // `kept` of the pass before, which lay there when the collection ran.
  EXPECT_EQ(program.perPass(), Interval::exactly(3024));
}

TEST(ProgramHeap, WhatNoNodeOfBrokenCodeAsksForIsHeld) {
  Watched program("import network\n"
                  "def mean(adc):\n"
                  "    samples = [adc.read_u16() for _ in range(600)]\n"
                  "\"def serve(listener):\n"
                  "    try:\n"
                  "    for when, wet in history:\n"
                  "        client.send(\"%d %d\\n\" % (when, wet))\n"
                  "while True:\n"
                  "        wet = mean(soil[number])\n",
                  "micropython/RPI_PICO");
  EXPECT_GE(program.program.at(*program.site("[adc.read_u16() for _ in range(600)]"))->executions,
            2U);
}

TEST(ProgramHeap, WhatACallLeaves) {
  Watched program("def work():\n"
                  "    scratch = bytearray(2000)\n"
                  "    return bytearray(len(scratch) + 1000)\n"
                  "while True:\n"
                  "    kept = work()\n");
  // What it returns is none, what it replaces is dropped behind the call.
  EXPECT_EQ(program.leftByCall(0), Interval::exactly(2016));
  EXPECT_EQ(program.perPass(), Interval::exactly(2016 + 3024));
  auto passes = program.program.perPass(program.heap.loops().front());
  EXPECT_EQ(passes->liveAtBegin, passes->liveAtEnd);
}

TEST(ProgramHeap, WhatIsHeldWhenTheNextIsMade) {
  Watched program("while True:\n"
                  "    page = bytearray(3000)\n");
  EXPECT_EQ(program.heldAt("bytearray(3000)", "bytearray(3000)"), Interval::exactly(3024));
  Watched dropping("def drop():\n"
                   "    global page\n"
                   "    page = None\n"
                   "while True:\n"
                   "    drop()\n"
                   "    page = bytearray(3000)\n");
  EXPECT_EQ(dropping.heldAt("bytearray(3000)", "bytearray(3000)"), Interval::exactly(0));
}

TEST(ProgramHeap, WhatIsMadeOnSomePathsOnlyIsNotSure) {
  Watched program("import board\n"
                  "import digitalio\n"
                  "button = digitalio.DigitalInOut(board.D5)\n"
                  "while True:\n"
                  "    if button.value:\n"
                  "        scratch = bytearray(2000)\n"
                  "    scratch = None\n"
                  "    kept = bytearray(3000)\n");
  Interval waiting = program.waitingAt("bytearray(3000)");
  EXPECT_EQ(waiting.lo, 0);
  EXPECT_GE(waiting.hi, 2016 + 3024);
}

TEST(ProgramHeap, WhatAWayOnlyMayHoldIsNoGarbageForSure) {
  Watched program("import board\n"
                  "import digitalio\n"
                  "button = digitalio.DigitalInOut(board.D5)\n"
                  "pages = {}\n"
                  "while True:\n"
                  "    page = bytearray(2000)\n"
                  "    if button.value:\n"
                  "        pages['last'] = page\n"
                  "    page = None\n"
                  "    kept = bytearray(3000)\n");
  Interval waiting = program.waitingAt("bytearray(3000)");
  EXPECT_EQ(waiting.lo, 0);
  EXPECT_GE(waiting.hi, 2016 + 3024);
}

TEST(ProgramHeap, WhatAWayMadeBeforeIsSureOnIt) {
  Watched program("import board\n"
                  "import digitalio\n"
                  "button = digitalio.DigitalInOut(board.D5)\n"
                  "while True:\n"
                  "    if button.value:\n"
                  "        scratch = bytearray(2000)\n"
                  "        scratch = None\n"
                  "        kept = bytearray(3000)\n");
  // Whenever it comes here it made a scratch. Whether there was a `kept` before nobody knows.
  EXPECT_EQ(program.waitingAt("bytearray(3000)").lo, 2016);
  EXPECT_GE(program.waitingAt("bytearray(3000)").hi, 2016 + 3024);
  EXPECT_FALSE(program.program.at(*program.site("bytearray(3000)"))->isSure);
}

TEST(ProgramHeap, WhatOneWayDropsTheOtherMayHold) {
  Watched program("import board\n"
                  "import digitalio\n"
                  "import gc\n"
                  "button = digitalio.DigitalInOut(board.D5)\n"
                  "page = bytearray(2000)\n"
                  "while True:\n"
                  "    if button.value:\n"
                  "        page = None\n"
                  "        gc.collect()\n"
                  "    kept = bytearray(3000)\n");
  EXPECT_EQ(program.heldAt("bytearray(3000)", "bytearray(2000)"), (Interval{0, 2016}));
}

TEST(ProgramHeap, WhatAComprehensionMakesIsItsOwn) {
  Watched program("while True:\n"
                  "    rows = [n * 2 for n in range(300)]\n"
                  "    rows = None\n"
                  "    kept = bytearray(3000)\n");
  auto figures = program.program.at(*program.site("[n * 2 for n in range(300)]"));
  // Once a pass, three that stand for themselves and two that stand for all others; the list
  // doubles its places up to 512.
  EXPECT_EQ(figures->executions, 5U);
  EXPECT_EQ(figures->largest.bytes, Interval::exactly(2048));
  // The list and its places, the range, the function; the `kept` of the pass before the last.
  EXPECT_EQ(program.waitingAt("bytearray(3000)"),
            (Interval{4 * 512 + 3 * 16, 4 * 512 + 3 * 16 + 3024}));
  EXPECT_EQ(program.program.at(*program.site("bytearray(3000)"))->waitingOfOthers,
            4 * 512 + 3 * 16);
}

TEST(ProgramHeap, TextsOfLabels) {
  Watched program("import board\n"
                  "import terminalio\n"
                  "from adafruit_display_text import bitmap_label\n"
                  "WORDS = ['open', 'closed']\n"
                  "line = bitmap_label.Label(terminalio.FONT)\n"
                  "turn = 0\n"
                  "while True:\n"
                  "    turn += 1\n"
                  "    line.text = 'The valve at the end of the long pipe behind the house is now '"
                  " + WORDS[turn % 2]\n");
  LabelText text = program.program.textOf(program.heap.labelWrites().front());
  EXPECT_EQ(text.characters, (Interval{62 + 4, 62 + 6}));
  EXPECT_FALSE(text.isFixed);
}

TEST(ProgramHeap, FindingsTellTheBetterFigure) {
  Garbage foretold;
  foretold.bytes = Interval::exactly(2080);
  ToldGarbage unseen = toldGarbage(std::nullopt, foretold);
  EXPECT_EQ(unseen.bytes.bytes, Interval::atLeast(2080));
  EXPECT_FALSE(unseen.isSeen);
  ToldGarbage more = toldGarbage(ByteFigure::of(Interval::exactly(4192)), foretold);
  EXPECT_EQ(more.bytes.bytes, Interval::exactly(4192));
  EXPECT_FALSE(more.isMostly);
  // Not all of it was sure when it ran: the foretold stands.
  EXPECT_EQ(toldGarbage(ByteFigure::of(Interval::atLeast(16)), foretold).bytes.bytes,
            Interval::atLeast(2080));
  EXPECT_EQ(toldGarbage(ByteFigure::of(Interval::exactly(16)), foretold).bytes.bytes,
            Interval::exactly(16));
  // The least that was seen leaves out what is of an unknown size.
  foretold.bytes = Interval::exactly(0);
  foretold.presumedLarge = true;
  EXPECT_EQ(toldGarbage(ByteFigure::of(Interval::atLeast(4000)), foretold).bytes.bytes,
            Interval::atLeast(0));
}

TEST(ProgramHeap, PassesThatComeLaterCountToo) {
  Watched program("passes = 0\n"
                  "while True:\n"
                  "    passes += 1\n"
                  "    if passes == 100:\n"
                  "        scratch = bytearray(2000)\n"
                  "        scratch = None\n"
                  "    kept = bytearray(3000)\n");
  EXPECT_EQ(program.waitingAt("bytearray(3000)").lo, 0);
  EXPECT_GE(program.waitingAt("bytearray(3000)").hi, 2016 + 3024);
}

TEST(ProgramHeap, RunningOutOfItsBudgetLeavesNoUpperBounds) {
  Watched program("total = 0\n"
                  "while True:\n"
                  "    scratch = bytearray(2000)\n"
                  "    scratch = None\n"
                  "    kept = bytearray(3000)\n"
                  "    for i in range(30000):\n"
                  "        total += i\n");
  EXPECT_EQ(program.program.why(), "the program is longer than the evaluation");
  EXPECT_FALSE(program.program.at(*program.site("bytearray(3000)"))->largest.bytes.hasHi());
}

TEST(ProgramHeap, WhatItDoesNotComeToIsNotKnown) {
  Watched program("def never():\n"
                  "    return bytearray(3000)\n"
                  "while True:\n"
                  "    pass\n");
  EXPECT_FALSE(program.program.at(*program.site("bytearray(3000)")).has_value());
}

TEST(ProgramHeap, ExecutionsThatAreNotLookedAtAreBoundedTogether) {
  Watched program("kept = None\n"
                  "for i in range(7):\n"
                  "    scratch = bytearray(2000)\n"
                  "    scratch = None\n"
                  "    kept = bytearray(3000)\n"
                  "while True:\n"
                  "    pass\n");
  // Looked at are the times 1, 2, 3 and 4. Behind the fourth, which is still to take the place of
  // the third, three more follow: what all of that dropped lies below the end of the first pass.
  Interval waiting = program.waitingAt("bytearray(3000)");
  EXPECT_EQ(waiting, (Interval{2016, 3 * 2016 + 4 * 3024}));
}

} // namespace
} // namespace fraglint
