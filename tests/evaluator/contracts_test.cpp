/// What `# fraglint: len<=64` and its kin make of figures. Bytes worked out by hand from
/// py/stream.c, py/objstr.c and py/objarray.c: words of 4 bytes, blocks of 16.

#include "evaluator/evaluation.h"
#include "support/parsed.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace fraglint {
namespace {

using testing::StartsWith;

struct Contracted {
  explicit Contracted(llvm::StringRef code, llvm::ArrayRef<Assumption> assumptions = {}) {
    module = std::make_unique<Module>(Parsed(code).tree, ProgramImports(), assumptions);
    evaluation = evaluate(*module, *findTarget("micropython/unix-32"), {});
  }

  uint32_t lineOf(SyntaxNode site) const {
    return module->tree().file().lines().lineAt(site.range().begin) + 1;
  }
  Interval largestOf(uint32_t line) const {
    Interval largest = Interval::exactly(0);
    for (const SiteCost &site : evaluation.sites)
      if (site.site && lineOf(site.site) == line && site.isHard)
        largest = {std::max(largest.lo, site.largest.lo), std::max(largest.hi, site.largest.hi)};
    return largest;
  }
  /// Why the line's figures have no end; empty where they have.
  std::string reasonOf(uint32_t line) const {
    for (const SiteCost &site : evaluation.sites)
      if (site.site && lineOf(site.site) == line && !site.reason.empty())
        return site.reason;
    return "";
  }

  std::unique_ptr<const Module> module;
  Evaluation evaluation;
};

std::string reading(llvm::StringRef statement) {
  return ("from machine import UART\nuart = UART(1)\n" + statement + "\n").str();
}

TEST(EvaluationContracts, ReasonsNameWhatWouldCloseThem) {
  Contracted program(reading("data = uart.read()"));
  EXPECT_FALSE(program.largestOf(3).hasHi());
  EXPECT_EQ(program.reasonOf(3), "length of `uart.read()` is not known: `# fraglint: len<=64`");
  EXPECT_EQ(program.evaluation.run.reason, program.reasonOf(3));
  Contracted typed("n = int(input())\nbuffer = bytearray(n)\n");
  EXPECT_EQ(typed.reasonOf(1), "length of `input()` is not known: `# fraglint: len<=64`");
  EXPECT_EQ(typed.reasonOf(2), "how long this gets is not known: `# fraglint: len<=64`");
}

// read() asks for 256 bytes, and for 256 more each time these are full (stream_readall).
TEST(EvaluationContracts, ALengthBoundsWhatIsRead) {
  Contracted few(reading("data = uart.read()  # fraglint: len<=64"));
  EXPECT_EQ(few.largestOf(3), Interval::exactly(256));
  EXPECT_EQ(few.reasonOf(3), "");
  EXPECT_EQ(few.evaluation.run.figure.bytes, Interval::exactly(256));
  Contracted many(reading("data = uart.read()  # fraglint: len<=600"));
  EXPECT_EQ(many.largestOf(3), (Interval{256, 768}));
  Contracted exact(reading("data = uart.read()  # fraglint: len=600"));
  EXPECT_EQ(exact.largestOf(3), Interval::exactly(768));
  // 16 bytes for a line, then the length in steps of 8 and a reserve: 20 + 16 is 32, and 8.
  Contracted line(reading("uart = uart.readline()  # fraglint: len<=20"));
  EXPECT_EQ(line.largestOf(3), (Interval{16, 40}));
  // Of a part of the statement only the upper bound is known.
  Contracted part(reading("data = uart.read().strip()  # fraglint: len=600"));
  EXPECT_EQ(part.largestOf(3).hi, 768);
  EXPECT_LT(part.largestOf(3).lo, 768);
}

TEST(EvaluationContracts, WhatFollowsIsBoundedToo) {
  // 64 bytes and as many: 128, and the zero at the end.
  Contracted sum(reading("data = uart.read()  # fraglint: len<=64\ntwice = data + data"));
  EXPECT_EQ(sum.largestOf(4).hi, 129);
  // Said of what the statement reads: 32 and 32.
  Contracted later(reading("data = uart.read()\ntwice = data + data  # fraglint: len<=32"));
  EXPECT_FALSE(later.largestOf(3).hasHi());
  EXPECT_EQ(later.largestOf(4).hi, 65);
}

TEST(EvaluationContracts, ALengthBoundsWhatALoopGoesOver) {
  // Twice 40 bytes and the zero at the end.
  Contracted lines("f = open('data.txt')\nfor row in f:  # fraglint: len<=40\n    row + row\n");
  EXPECT_EQ(lines.largestOf(3).hi, 81);
  Contracted open("f = open('data.txt')\nfor row in f:\n    row + row\n");
  EXPECT_FALSE(open.largestOf(3).hasHi());
}

TEST(EvaluationContracts, ALengthBoundsWhatIsMade) {
  // A bytearray's header is 16 bytes.
  Contracted buffer("n = int(input())\nbuffer = bytearray(n)  # fraglint: len<=100\n");
  EXPECT_EQ(buffer.largestOf(2), (Interval{16, 100}));
  Contracted exact("n = int(input())\nbuffer = bytearray(n)  # fraglint: len=100\n");
  EXPECT_EQ(exact.largestOf(2), Interval::exactly(100));
  // `size` in bytes: 100 words of 4 bytes.
  Contracted list("n = int(input())\nrow = [0] * n  # fraglint: size<=400\n");
  EXPECT_EQ(list.largestOf(2).hi, 400);
}

TEST(EvaluationContracts, ASizeStandsForWhatNobodyKnows) {
  Contracted unknown("import thing  # fraglint: size<=2048\nx = thing.make()\n");
  EXPECT_EQ(unknown.largestOf(1).hi, 2048);
  EXPECT_THAT(unknown.reasonOf(2), testing::EndsWith("is not known: `# fraglint: size=4096`"));
  Contracted known(
      "import thing  # fraglint: size<=2048\nx = thing.make()  # fraglint: size=4096\n");
  EXPECT_EQ(known.largestOf(2), Interval::exactly(4096));
  EXPECT_EQ(known.evaluation.run.figure.bytes, Interval::exactly(4096));
  // The name keeps it.
  EXPECT_GE(known.evaluation.phases.back().liveAtEnd.lo, 4096);
}

TEST(EvaluationContracts, WhatPassesMakeLongerHasAnEnd) {
  llvm::StringRef loop = "log = []\nwhile True:\n    log.append(input() == '')";
  Contracted open((loop + "\n").str());
  EXPECT_FALSE(open.largestOf(3).hasHi());
  // A list doubles its room: never more than twice its items.
  Contracted closed((loop + "  # fraglint: len<=100\n").str());
  EXPECT_EQ(closed.largestOf(3).hi, 200 * 4);
  Contracted fixed("log = []  # fraglint: fixed\nwhile True:\n    log.append(1)\n");
  EXPECT_THAT(fixed.reasonOf(3), testing::Not(StartsWith("this is longer")));
}

TEST(EvaluationContracts, AssumptionsAreContracts) {
  std::string path = Parsed("").tree->file().path().str();
  Contracted program(reading("data = uart.read()"), Assumption{path, 3, 64});
  EXPECT_EQ(program.largestOf(3), Interval::exactly(256));
}

} // namespace
} // namespace fraglint
