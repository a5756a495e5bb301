#include "verify/verification.h"

#include "support/parsed.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace fraglint {
namespace {

using testing::HasSubstr;

/// A measured statement: its requests in blocks of 32 bytes, the largest first, and bytes taken.
StatementMeasurement statementAt(uint32_t line, uint32_t column, std::vector<uint32_t> requests,
                                 int64_t takenBytes) {
  StatementMeasurement statement;
  statement.line = line;
  statement.column = column;
  statement.executions = 1;
  statement.largestRequest = requests.empty() ? 0 : requests.front();
  statement.first = statement.heaviest = {std::move(requests), takenBytes};
  return statement;
}

Measurement onMap(std::vector<StatementMeasurement> statements) {
  Measurement measurement;
  measurement.facts.blockBytes = 32;
  measurement.facts.drawsMaps = true;
  measurement.statements = std::move(statements);
  return measurement;
}

class VerificationTest : public testing::Test {
protected:
  Verification verified(llvm::StringRef code, const Measurement &measurement,
                        const StandInUses &standIns = {},
                        llvm::StringRef target = "micropython/unix-64") {
    module_ = std::make_unique<Module>(Parsed(code).tree);
    return verify(*module_, evaluate(*module_, *findTarget(target), EvaluationLimits()),
                  measurement, standIns);
  }

  std::unique_ptr<const Module> module_;
};

// A bytearray is a header of one block and its bytes: 1,000 are 32 blocks (py/objarray.c).

TEST_F(VerificationTest, WhatWasForetoldExactlyIsEqual) {
  Verification run = verified("a = None\na = bytearray(1000)\na = 1\n",
                              onMap({statementAt(2, 1, {32, 1}, 1056), statementAt(3, 1, {}, 0)}));
  ASSERT_EQ(1U, run.rows.size()); // the last line asks for nothing
  EXPECT_EQ(2U, run.rows[0].line);
  EXPECT_EQ(Interval::exactly(1024), run.rows[0].estimate);
  EXPECT_EQ(CostTag::Exact, run.rows[0].tag);
  EXPECT_EQ(Interval::exactly(1024), run.rows[0].measured);
  EXPECT_EQ(Agreement::Equal, run.rows[0].agreement);
  EXPECT_EQ(Agreement::Equal, run.demand.agreement);
  EXPECT_EQ(2U, run.demand.line);
  EXPECT_TRUE(run.holds());
}

TEST_F(VerificationTest, MoreThanWasForetoldIsOutside) {
  Verification run =
      verified("a = None\na = bytearray(1000)\n", onMap({statementAt(2, 1, {33, 1}, 1088)}));
  EXPECT_EQ(Agreement::Outside, run.rows.at(0).agreement);
  EXPECT_EQ(Agreement::Outside, run.demand.agreement);
  EXPECT_FALSE(run.holds());
}

TEST_F(VerificationTest, RequestsWhereNoneWasForetoldAreOutside) {
  Verification run = verified("a = None\na = 1\n", onMap({statementAt(2, 1, {2}, 64)}));
  EXPECT_EQ(Interval::exactly(0), run.rows.at(0).estimate);
  EXPECT_EQ(Agreement::Outside, run.rows[0].agreement);
}

TEST_F(VerificationTest, WhatMayBeOfTheCallerOfAFunctionThatRaisedContradictsNothing) {
  const char *code = "a = None\na = bytearray(1000)\n";
  // More than was foretold, of which one block was seen after an exception had left the function.
  StatementMeasurement raised = statementAt(2, 1, {40, 32, 1}, 2336);
  raised.wasLeftByException = true;
  raised.largestOwn = 32;
  Verification run = verified(code, onMap({raised}));
  EXPECT_EQ(Agreement::Equal, run.rows.at(0).agreement);
  raised.largestOwn = 33;
  EXPECT_EQ(Agreement::NotMeasurable, verified(code, onMap({raised})).rows.at(0).agreement);
  // Less than was foretold, where a function that was called raised.
  StatementMeasurement calling = statementAt(2, 1, {}, 0);
  EXPECT_EQ(Agreement::Outside, verified(code, onMap({calling})).rows.at(0).agreement);
  calling.calledOneThatRaised = true;
  EXPECT_EQ(Agreement::NotMeasurable, verified(code, onMap({calling})).rows.at(0).agreement);
}

TEST_F(VerificationTest, WhatIsDoneWithHandedOnValuesContradictsNothing) {
  const char *code = "a = None\na = bytearray(1000)\n";
  StatementMeasurement handing = statementAt(2, 1, {40, 32, 1}, 2336);
  EXPECT_EQ(Agreement::Outside, verified(code, onMap({handing})).rows.at(0).agreement);
  handing.delegates = true;
  EXPECT_EQ(Agreement::NotMeasurable, verified(code, onMap({handing})).rows.at(0).agreement);
  handing.delegates = false;
  handing.isInFinally = true;
  EXPECT_EQ(Agreement::NotMeasurable, verified(code, onMap({handing})).rows.at(0).agreement);
  // Less than was foretold is no affair of the caller's.
  StatementMeasurement less = statementAt(2, 1, {}, 0);
  less.delegates = true;
  EXPECT_EQ(Agreement::Outside, verified(code, onMap({less})).rows.at(0).agreement);
}

TEST_F(VerificationTest, WhatWasNotEvaluatedHasNoBound) {
  module_ =
      std::make_unique<Module>(Parsed("while len('a'):\n    pass\na = bytearray(1000)\n").tree);
  EvaluationLimits limits;
  limits.steps = 1000;
  Verification run =
      verify(*module_, evaluate(*module_, *findTarget("micropython/unix-64"), limits),
             onMap({statementAt(3, 1, {32, 1}, 1056)}), {});
  EXPECT_EQ(Agreement::Inside, run.rows.at(0).agreement);
  EXPECT_FALSE(run.rows[0].reason.empty());
}

TEST_F(VerificationTest, WhatATaskDoesThatMayWaitForEverIsForetold) {
  Verification run = verified("import asyncio\n"
                              "async def main():\n"
                              "    await asyncio.Event().wait()\n"
                              "    a = bytearray(1000)\n"
                              "asyncio.run(main())\n",
                              onMap({statementAt(4, 5, {32, 1}, 1056)}));
  EXPECT_EQ(Agreement::Inside, run.rows.at(0).agreement);
  EXPECT_EQ("", run.rows[0].reason);
}

TEST_F(VerificationTest, AModelThatIsWrongAboutTheWordIsCaught) {
  // A list of 100 is 100 words: of eight bytes on the engine, and of four in the other's model.
  const char *code = "a = None\na = [0] * 100\n";
  Measurement measured = onMap({statementAt(2, 1, {25, 1}, 832)});
  EXPECT_TRUE(verified(code, measured).holds());
  EXPECT_FALSE(verified(code, measured, {}, "micropython/unix-32").holds());
}

TEST_F(VerificationTest, WhatFunctionsAskForIsOfTheirOwnStatements) {
  Verification run = verified("def make(n):\n    return bytearray(n)\n\n\na = make(1000)\n",
                              onMap({statementAt(1, 1, {2, 1}, 96),
                                     statementAt(2, 5, {32, 1}, 1056), statementAt(5, 1, {}, 0)}));
  ASSERT_LE(2U, run.rows.size());
  EXPECT_EQ(2U, run.rows[1].line);
  EXPECT_EQ(Agreement::Equal, run.rows[1].agreement);
  EXPECT_TRUE(run.holds());
}

TEST_F(VerificationTest, WhatAGeneratorExpressionGoesOverIsOfItsOwnStatement) {
  Verification run =
      verified("def total(n):\n    return sum(x for x in bytearray(n))\n\n\n"
               "a = total(1000)\n",
               onMap({statementAt(2, 5, {32, 4, 1, 1}, 1216), statementAt(5, 1, {}, 0)}));
  for (const VerifiedRow &row : run.rows)
    EXPECT_NE(5U, row.line);
  EXPECT_EQ(Agreement::Equal, run.rows.at(0).agreement);
}

TEST_F(VerificationTest, WhatALambdaAsksForIsOfItsCaller) {
  Verification run = verified("make = lambda n: bytearray(n)\na = None\na = make(1000)\n",
                              onMap({statementAt(3, 1, {32, 1}, 1056)}));
  ASSERT_EQ(1U, run.rows.size());
  EXPECT_EQ(Interval::exactly(1024), run.rows[0].estimate);
}

// The list of 100 is made where the generator expression is; what its body makes, where it runs.
TEST_F(VerificationTest, WhatAGeneratorExpressionGoesOverFirstIsOfItsOwnStatement) {
  Verification run =
      verified("def f():\n"
               "    return (bytearray(b) for a in [0] * 100 for b in [1000] * a)\n"
               "\n"
               "\n"
               "g = None\n"
               "g = f()\n",
               onMap({statementAt(2, 5, {25, 3, 1}, 928), statementAt(6, 1, {}, 0)}));
  ASSERT_EQ(1U, run.rows.size());
  EXPECT_EQ(2U, run.rows[0].line);
  EXPECT_EQ(Interval::exactly(800), run.rows[0].estimate);
  EXPECT_EQ(Agreement::Equal, run.rows[0].agreement);
}

// The last point that is passed before the list of 100 is made is that of the statement that
// resumes.
TEST_F(VerificationTest, WhatIsMadeAfterAYieldIsOfWhatResumes) {
  Verification run =
      verified("def inner():\n"
               "    n = [0] * (yield)\n"
               "    yield n\n"
               "\n"
               "\n"
               "def outer():\n"
               "    yield from inner()\n"
               "\n"
               "\n"
               "g = outer()\n"
               "n = next(g)\n"
               "n = g.send(100)\n",
               onMap({statementAt(2, 5, {1, 1}, 64), statementAt(7, 5, {3}, 96),
                      statementAt(10, 1, {3}, 96), statementAt(12, 1, {25, 1}, 832)}));
  ASSERT_FALSE(run.rows.empty());
  EXPECT_EQ(12U, run.rows.back().line);
  EXPECT_EQ(Interval::exactly(800), run.rows.back().estimate);
  EXPECT_EQ(Agreement::Equal, run.rows.back().agreement);
  EXPECT_EQ(2U, run.rows[0].line); // the list that is repeated is made before
  EXPECT_EQ(Interval::exactly(32), run.rows[0].estimate);
}

TEST_F(VerificationTest, ADefaultOfALambdaIsMadeWithIt) {
  Verification run =
      verified("def f():\n"
               "    return lambda n=[0] * 100: n\n"
               "\n"
               "\n"
               "g = None\n"
               "g = f()\n",
               onMap({statementAt(2, 5, {25, 1, 1, 1}, 896), statementAt(6, 1, {}, 0)}));
  ASSERT_EQ(1U, run.rows.size());
  EXPECT_EQ(2U, run.rows[0].line);
  EXPECT_EQ(Interval::exactly(800), run.rows[0].estimate);
}

TEST_F(VerificationTest, WhereThereIsNoRoomForPointsTheCallerHasIt) {
  Measurement measured = onMap({statementAt(2, 5, {}, 0), statementAt(5, 1, {32, 1}, 1056)});
  measured.statements[0].notMeasured = NotMeasured::WithCaller;
  Verification run =
      verified("def make(n):\n    return bytearray(n)\n\n\na = make(1000)\n", measured);
  ASSERT_EQ(2U, run.rows.size());
  EXPECT_EQ(Agreement::NotMeasurable, run.rows[0].agreement);
  EXPECT_THAT(run.rows[0].reason, HasSubstr("no room for points"));
  EXPECT_EQ(Interval::exactly(1024), run.rows[1].estimate);
  EXPECT_EQ(Agreement::Equal, run.rows[1].agreement);
}

TEST_F(VerificationTest, WhatIsGivenBackBeforeTheEndIsNotSeen) {
  // `clear` shortens the 800 bytes to those of four items: one block, as the list and the lambda.
  Verification run = verified("(lambda l: l.clear())([0] * 100)\n",
                              onMap({statementAt(1, 1, {1, 1, 1, 1, 1}, 160)}));
  EXPECT_EQ(Interval::exactly(32), run.rows.at(0).estimate);
  EXPECT_EQ(Agreement::Equal, run.rows[0].agreement);
}

TEST_F(VerificationTest, AnUnknownLengthHasNoUpperBoundAndSaysWhy) {
  Verification run =
      verified("import sys\na = sys.stdin.read()\n", onMap({statementAt(2, 1, {40, 1}, 1312)}));
  ASSERT_EQ(1U, run.rows.size());
  EXPECT_FALSE(run.rows[0].estimate.hasHi());
  EXPECT_FALSE(run.rows[0].reason.empty());
  EXPECT_EQ(Agreement::Inside, run.rows[0].agreement);
  EXPECT_EQ(std::nullopt, run.tightness());
}

TEST_F(VerificationTest, AFrameThatWasSeenIsNotHeldAgainstIt) {
  // 40 blocks were there when the function that was called began, and were given back.
  Verification run =
      verified("a = None\na = bytearray(1000)\n", onMap({statementAt(2, 1, {40, 32, 1}, 1056)}));
  EXPECT_EQ(Agreement::Equal, run.rows.at(0).agreement);
  EXPECT_EQ(Interval::exactly(1024), run.rows[0].measured);
}

TEST_F(VerificationTest, ABoundOverTheMeasurementIsTold) {
  // Three of the bounds are twice, once and once what was measured.
  Verification run =
      verified("a = None\na = bytearray(1000)\na = bytearray(100)\na = [0] * 8\n",
               onMap({statementAt(2, 1, {16, 1}, 544), statementAt(3, 1, {4, 1}, 160),
                      statementAt(4, 1, {2, 1}, 96)}));
  ASSERT_TRUE(run.tightness());
  EXPECT_DOUBLE_EQ(1.0, run.tightness()->median);
  EXPECT_DOUBLE_EQ(2.0, run.tightness()->worst);
}

// Without a map: the largest request of a top-level statement, from a squeezed heap.

Measurement squeezed(uint32_t line, uint64_t lo, std::optional<uint64_t> hi) {
  Measurement measurement;
  measurement.facts.blockBytes = 32;
  measurement.squeezed.push_back({line, lo, hi});
  return measurement;
}

TEST_F(VerificationTest, ASqueezedHeapNamesTheBytesThemselves) {
  const char *code = "def make(n):\n    return bytearray(n)\n\n\na = make(1001)\n";
  Verification equal = verified(code, squeezed(5, 1001, 1001));
  EXPECT_EQ(Agreement::Equal, equal.rows.at(0).agreement);
  EXPECT_EQ(Interval::exactly(1001), equal.rows[0].estimate);
  EXPECT_EQ(Agreement::Outside, verified(code, squeezed(5, 1002, 1002)).rows.at(0).agreement);
  EXPECT_EQ(Agreement::Outside, verified(code, squeezed(5, 0, 900)).rows.at(0).agreement);
  // What is only known to lie between bounds contradicts nothing that it meets.
  EXPECT_EQ(Agreement::Inside, verified(code, squeezed(5, 900, 1100)).rows.at(0).agreement);
  EXPECT_EQ(Agreement::NotMeasurable,
            verified(code, squeezed(5, 0, std::nullopt)).rows.at(0).agreement);
}

// Stand-ins.

TEST_F(VerificationTest, OnlyUpperBoundsHoldWhereAStandInIsUsed) {
  const char *code = "import board\nled = board.Led(1)\na = led.read() or bytearray(1000)\n";
  module_ = std::make_unique<Module>(Parsed(code).tree);
  StandInUses uses = standInUses(*module_, {"board"});
  EXPECT_EQ((StandInUses{{{2, 1}, StandInUse::Making}, {{3, 1}, StandInUse::Call}}), uses);
  EXPECT_EQ((StandInUses{}), standInUses(*module_, {"other"}));
  Measurement measured = onMap({statementAt(2, 1, {99}, 3168), statementAt(3, 1, {}, 0)});
  Verification run = verified(code, measured, uses);
  EXPECT_EQ(0U, run.count(Agreement::Outside));
  EXPECT_EQ(Agreement::NotMeasurable, run.rows.at(0).agreement);
}

TEST(VerificationReport, AVerdictThatIsWrongIsContradicted) {
  VerificationReport report{"code.py", *findTarget("micropython/unix-64"), {}, {}, {}};
  report.verdicts = {
      {4096, Verdict::WillFail, false}, {5120, Verdict::AtRisk, true}, {8192, Verdict::Fits, true}};
  EXPECT_TRUE(report.holds());
  report.verdicts[0].ran = true;
  EXPECT_FALSE(report.holds());
  report.verdicts[0].ran = false;
  report.verdicts[2].ran = false;
  EXPECT_FALSE(report.holds());
}

} // namespace
} // namespace fraglint
