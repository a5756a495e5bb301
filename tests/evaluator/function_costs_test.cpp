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

} // namespace
} // namespace fraglint
