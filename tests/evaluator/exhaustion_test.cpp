#include "evaluator/exhaustion.h"

#include "evaluator/evaluated.h"
#include "evaluator/verdict.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace fraglint {
namespace {

/// The verdict on a heap of 64 KiB for a program that asks for 200,000 bytes.
HeapVerdict verdictOn(llvm::StringRef code) {
  Evaluated program(code);
  const Target &target = *findTarget("micropython/unix-32");
  return judge(*program.module, target, EvaluationLimits(), program.evaluation,
               judgedHeap(target, 65536, true));
}

TEST(Exhaustion, WhatNobodyCatchesFails) {
  EXPECT_EQ(Verdict::WillFail, verdictOn("a = bytearray(200000)\n").verdict);
  EXPECT_EQ(Verdict::WillFail, verdictOn("try:\n    a = bytearray(200000)\n"
                                         "except OSError:\n    pass\n")
                                   .verdict);
  EXPECT_EQ(Verdict::WillFail, verdictOn("try:\n    a = bytearray(200000)\n"
                                         "except (OSError, ValueError) as e:\n    pass\n")
                                   .verdict);
  EXPECT_EQ(Verdict::WillFail,
            verdictOn("try:\n    a = bytearray(200000)\nfinally:\n    print(1)\n").verdict);
  // In a handler it is not in the `try`; and a function is not called where it is made.
  EXPECT_EQ(Verdict::WillFail, verdictOn("try:\n    raise ValueError\nexcept Exception:\n"
                                         "    a = bytearray(200000)\n")
                                   .verdict);
  EXPECT_EQ(Verdict::WillFail, verdictOn("try:\n    def make():\n        return bytearray(200000)\n"
                                         "except MemoryError:\n    pass\nmake()\n")
                                   .verdict);
}

TEST(Exhaustion, WhatAHandlerMayCatchIsOpen) {
  for (const char *handler : {"except MemoryError", "except Exception as e", "except",
                              "except (OSError, MemoryError)", "except errors.Any"})
    EXPECT_EQ(Verdict::AtRisk, verdictOn("try:\n    a = bytearray(200000)\n" +
                                         std::string(handler) + ":\n    a = None\n")
                                   .verdict)
        << handler;
  HeapVerdict verdict = verdictOn("def make():\n    return bytearray(200000)\n"
                                  "try:\n    a = make()\nexcept MemoryError:\n    a = None\n");
  EXPECT_EQ(Verdict::AtRisk, verdict.verdict);
  EXPECT_THAT(verdict.reason, testing::HasSubstr("may catch that"));
}

TEST(Exhaustion, AnEarlierOneThatIsCaughtMayLeadElsewhere) {
  EXPECT_EQ(Verdict::AtRisk, verdictOn("import sys\n"
                                       "try:\n    a = bytearray(200000)\n"
                                       "except MemoryError:\n    sys.exit()\n"
                                       "b = bytearray(300000)\n")
                                 .verdict);
  // 100 bytes are there: what follows is reached.
  EXPECT_EQ(Verdict::WillFail, verdictOn("try:\n    a = bytearray(100)\n"
                                         "except MemoryError:\n    pass\n"
                                         "b = bytearray(300000)\n")
                                   .verdict);
}

TEST(Exhaustion, ATaskEndsAlone) {
  EXPECT_EQ(Verdict::AtRisk, verdictOn("import asyncio\n\n\nasync def main():\n"
                                       "    a = bytearray(200000)\n\n\nasyncio.run(main())\n")
                                 .verdict);
}

} // namespace
} // namespace fraglint
