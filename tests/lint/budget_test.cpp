/// FRG901 and FRG902 with budgets. Bytes for micropython/unix-32, worked out by hand.

#include "lint/linter.h"
#include "lint/rule_registry.h"

#include "llvm/ADT/STLExtras.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace fraglint {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

/// `line: message` of the findings of a rule, on a file of its own.
std::vector<std::string> findings(llvm::StringRef rule, const std::string &code,
                                  const Budgets &budgets) {
  Settings settings;
  settings.rules.try_emplace(findRule(rule));
  settings.target = findTarget("micropython/unix-32");
  settings.budgets = budgets;
  FileResult result =
      lintFile(llvm::cantFail(SourceFile::decode("no such folder/code.py", code)), settings);
  std::vector<std::string> texts;
  texts.reserve(result.diagnostics.size());
  for (const Diagnostic &found : result.diagnostics)
    texts.push_back(std::to_string(result.file->lines().lineAt(found.location.range.begin) + 1) +
                    ": " + found.message);
  return texts;
}

Budgets contiguous(int64_t bytes) {
  Budgets budgets;
  budgets.file.maxContiguous = bytes;
  return budgets;
}

TEST(Budget, LargestRunsAreHeldByLine) {
  std::string code = "import machine\nsmall = bytearray(1024)\nlarge = bytearray(1025)\n"
                     "def make():\n    return bytearray(3000)\nframes = [make(), make()]\n";
  EXPECT_THAT(findings("FRG901", code, contiguous(1024)),
              ElementsAre(AllOf(HasSubstr("3: this asks for exactly 1,025 bytes"),
                                HasSubstr("`max-contiguous` allows 1,024")),
                          HasSubstr("5: this asks for exactly 3,000 bytes")));
  EXPECT_THAT(findings("FRG901", code, contiguous(3000)), IsEmpty());
  EXPECT_THAT(findings("FRG901", code, {}), IsEmpty());
}

TEST(Budget, WhatMayHappenOrMayBeLargerIsNotSure) {
  std::string code = "import machine\nuart = machine.UART(1)\nif uart.any():\n"
                     "    large = bytearray(5000)\ndata = uart.read(2000 if uart.any() else 100)\n";
  EXPECT_THAT(findings("FRG901", code, contiguous(1024)), IsEmpty());
}

TEST(Budget, FunctionsHaveTheirOwn) {
  std::string code = "import machine\nclass Display:\n    def draw(self):\n"
                     "        return rows(600)\ndef rows(count):\n    return bytearray(count)\n"
                     "rows(700)\nDisplay().draw()\n";
  Budgets budgets;
  budgets.functions = {{"Display.draw", 512}};
  EXPECT_THAT(findings("FRG901", code, budgets),
              ElementsAre(AllOf(HasSubstr("6: this asks for exactly 600 bytes"),
                                HasSubstr("`max-contiguous` of `Display.draw()` allows 512"))))
      << "of what the function asks for, through what it calls";
  budgets.functions = {{"draw", 600}, {"Other.draw", 1}};
  EXPECT_THAT(findings("FRG901", code, budgets), IsEmpty());
}

TEST(Budget, CompilingCountsToo) {
  // Any file asks for a run of 512 bytes (heap-facts b.10).
  EXPECT_THAT(findings("FRG901", "import machine\nx = 1\n", contiguous(400)),
              ElementsAre(HasSubstr("1: to compile this file a run of ")));
}

TEST(Budget, WhatIsInUseAtOnceIsHeld) {
  std::string code = "import machine\na = bytearray(4000)\nb = bytearray(4000)\na = None\n"
                     "c = bytearray(1000)\n";
  Budgets budgets;
  budgets.file.maxLive = 8000;
  EXPECT_THAT(
      findings("FRG902", code, budgets),
      ElementsAre(AllOf(HasSubstr("3: while this runs, "), HasSubstr("`max-live` allows 8,000"))));
  // Two of 4,000 bytes and all that is there before: a few hundred bytes.
  budgets.file.maxLive = 12000;
  EXPECT_THAT(findings("FRG902", code, budgets), IsEmpty());
}

TEST(Budget, GarbageOfPassesIsHeld) {
  // A header of 16 bytes and 1,000 of data, which take 63 blocks of 16: 1,024 a pass.
  std::string code = "import machine\nuart = machine.UART(1)\nwhile True:\n"
                     "    uart.write(bytearray(1000))\n";
  Budgets budgets;
  budgets.file.maxGarbagePerPass = 1023;
  EXPECT_THAT(findings("FRG902", code, budgets),
              ElementsAre(HasSubstr("each pass of this loop leaves exactly 1,024 bytes")));
  budgets.file.maxGarbagePerPass = 1024;
  EXPECT_THAT(findings("FRG902", code, budgets), IsEmpty());
}

} // namespace
} // namespace fraglint
