#include "evaluator/function_costs.h"

#include "evaluated.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace fraglint {
namespace {

/// `NAME calls largest total`, by what one call asks for; without those that ask for nothing.
std::vector<std::string> costsOf(const Evaluated &program) {
  std::vector<std::string> lines;
  for (const FunctionCost &function : functionCosts(program.evaluation)) {
    auto text = [](Interval bytes) {
      return std::to_string(bytes.lo) + (bytes.isExact() ? "" : ".." + std::to_string(bytes.hi));
    };
    lines.push_back(function.name + " " + std::to_string(function.calls) + " " +
                    text(function.largest) + " " + text(function.total));
  }
  return lines;
}

TEST(FunctionCosts, AreOfOneCallWithWhatItCallsInTurn) {
  // A bytearray is an object of 16 bytes and its data.
  Evaluated program("def small():\n"
                    "    return bytearray(100)\n"
                    "def both():\n"
                    "    small()\n"
                    "    return bytearray(1000)\n"
                    "small()\n"
                    "both()\n");
  EXPECT_THAT(costsOf(program), testing::ElementsAre("both 1 1000 1132", "small 2 100 116"));
}

TEST(FunctionCosts, SpanWhatDifferentCallsAskFor) {
  Evaluated program("class Frame:\n"
                    "    def take(self, size):\n"
                    "        return bytearray(size)\n"
                    "frame = Frame()\n"
                    "frame.take(50)\n"
                    "frame.take(400)\n");
  EXPECT_THAT(costsOf(program), testing::ElementsAre("Frame.take 2 50..400 66..416"));
}

TEST(FunctionCosts, HaveOnePoolOfNamesForAllThatMayNeedIt) {
  std::string code = "class Any:\n    pass\ndef fill(one):\n";
  for (int name = 0; name < 20; ++name)
    code += "    setattr(one, 'attr' + 'ibute_" + std::to_string(name) + "', 1)\n";
  Evaluated program(code + "fill(Any())\n", "micropython/generic");
  std::vector<FunctionCost> functions = functionCosts(program.evaluation);
  ASSERT_FALSE(functions.empty());
  EXPECT_EQ(functions[0].name, "fill");
  EXPECT_EQ(functions[0].total.hi - functions[0].total.lo, 24 + 7 * 40);
}

TEST(FunctionCosts, DoNotDependOnWhetherTheCallHappens) {
  Evaluated program("import machine\n"
                    "def take():\n"
                    "    return bytearray(1000)\n"
                    "if machine.Pin(1).value():\n"
                    "    take()\n");
  EXPECT_THAT(costsOf(program), testing::ElementsAre("take 1 1000 1016"));
}

TEST(FunctionCosts, CountOnlyWhatIsSureAtTheLeast) {
  Evaluated program("import machine\n"
                    "def perhaps():\n"
                    "    if machine.Pin(1).value():\n"
                    "        return bytearray(1000)\n"
                    "perhaps()\n");
  std::vector<FunctionCost> functions = functionCosts(program.evaluation);
  ASSERT_EQ(functions.size(), 1U);
  EXPECT_LT(functions[0].largest.lo, 1000);
  EXPECT_EQ(functions[0].largest.hi, 1000);
  EXPECT_EQ(program.lineOf(functions[0].site), 4U);
}

TEST(FunctionCosts, OfACallThatDoesNotEndHaveNoBound) {
  Evaluated program("def run():\n"
                    "    while True:\n"
                    "        frame = bytearray(100)\n"
                    "run()\n");
  FunctionCost run = functionCosts(program.evaluation).front();
  EXPECT_EQ(run.name, "run");
  EXPECT_FALSE(run.total.hasHi());
  EXPECT_GE(run.total.lo, 116);
  EXPECT_EQ(run.reason, "a call was not followed to its end");
}

// --- What the program does not call --------------------------------------------------------------

/// A module that comes to its end, whose functions are for others.
struct Library : Evaluated {
  explicit Library(llvm::StringRef code) : Evaluated(code, "micropython/unix-32", 3, true) {}
};

TEST(OtherCalls, AreToldBesideTheProgramsOwn) {
  Library library("def take(size):\n"
                  "    return bytearray(size)\n"
                  "def fixed():\n"
                  "    return bytearray(1000)\n"
                  "def _hidden():\n"
                  "    return bytearray(3000)\n"
                  "def shown():\n"
                  "    return len(_hidden())\n"
                  "take(200)\n");
  // `take` is told for the call that is there, `_hidden` as part of what calls it.
  EXPECT_THAT(costsOf(library), testing::ElementsAre("shown 0 3000 3016", "_hidden 0 3000 3016",
                                                     "fixed 0 1000 1016", "take 1 200 216"));
}

FunctionCost costOf(const Evaluated &program, llvm::StringRef name) {
  for (FunctionCost &function : functionCosts(program.evaluation))
    if (function.name == name)
      return function;
  ADD_FAILURE() << name.str() << " is not told";
  return {};
}

TEST(OtherCalls, ComeInAnyOrder) {
  Library library("class Log:\n"
                  "    def __init__(self, size):\n"
                  "        self.data = bytearray(64)\n"
                  "        self.cache = None\n"
                  "    def enlarge(self):\n"
                  "        self.data = bytearray(100)\n"
                  "    def copy(self):\n"
                  "        return bytes(self.data)\n"
                  "    def cached(self):\n"
                  "        if self.cache is None:\n"
                  "            self.cache = bytearray(1000)\n"
                  "        return self.cache\n");
  EXPECT_EQ(costOf(library, "Log.__init__").largest, Interval::exactly(64));
  // Before the buffer was enlarged, or behind it; with a zero behind the bytes.
  EXPECT_EQ(costOf(library, "Log.copy").largest, (Interval{65, 101}));
  EXPECT_EQ(costOf(library, "Log.cached").largest, (Interval{0, 1000}));
}

TEST(OtherCalls, ComeInAnyNumber) {
  Library library("data = bytearray(64)\n"
                  "def enlarge():\n"
                  "    global data\n"
                  "    data = bytearray(len(data) + 100)\n"
                  "def copy():\n"
                  "    return bytes(data)\n"
                  "def fixed():\n"
                  "    return bytearray(1000)\n");
  EXPECT_EQ(costOf(library, "copy").largest, Interval::atLeast(65));
  EXPECT_EQ(costOf(library, "copy").reason, "calls leave more behind each time");
  EXPECT_EQ(costOf(library, "fixed").largest, Interval::exactly(1000));
}

TEST(OtherCalls, KnowNothingOfWhatTheyAreGiven) {
  Library library("def table(n):\n"
                  "    return [0] * n\n"
                  "class Reader:\n"
                  "    def __init__(self, port):\n"
                  "        self.port = port\n"
                  "    @property\n"
                  "    def line(self):\n"
                  "        return self.port.readline()\n"
                  "    @staticmethod\n"
                  "    def empty():\n"
                  "        return bytearray(500)\n");
  for (const FunctionCost &function : functionCosts(library.evaluation)) {
    bool isKnown = function.name == "Reader.empty" || function.name == "Reader.__init__";
    EXPECT_EQ(function.largest.hasHi(), isKnown) << function.name;
    EXPECT_EQ(function.reason.empty(), isKnown) << function.name;
  }
  EXPECT_EQ(functionCosts(library.evaluation).size(), 4U);
}

TEST(OtherCalls, LeaveTheFiguresOfTheProgramAlone) {
  llvm::StringRef code = "kept = bytearray(100)\n"
                         "def more():\n"
                         "    global kept\n"
                         "    kept = bytearray(9000)\n";
  Evaluated alone(code);
  Library library(code);
  EXPECT_EQ(library.evaluation.run.figure.bytes, alone.evaluation.run.figure.bytes);
  EXPECT_EQ(library.evaluation.live.figure.bytes, alone.evaluation.live.figure.bytes);
  EXPECT_EQ(library.evaluation.log.events.size(), alone.evaluation.log.events.size());
  EXPECT_THAT(costsOf(library), testing::ElementsAre("more 0 9000 9016"));
  EXPECT_THAT(costsOf(alone), testing::IsEmpty());
}

TEST(OtherCalls, AreNotMadeOfAProgramThatNeverEnds) {
  Library library("def unused():\n"
                  "    return bytearray(500)\n"
                  "while True:\n"
                  "    pass\n");
  EXPECT_THAT(costsOf(library), testing::IsEmpty());
}

} // namespace
} // namespace fraglint
