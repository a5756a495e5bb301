#include "report/sample.h"

#include <gtest/gtest.h>

namespace fraglint {
namespace {

TEST(ConciseReporter, GivesEachFindingOneLine) {
  auto file = sample::source("温 = [1]\r\ny = 2\r\n", "lib\x1b/a.py");
  Diagnostic first = sample::finding(sample::at(file, "[1]"), "one\ntwo");
  first.notes.push_back({sample::at(file, "y"), "not shown"});
  Diagnostic second = sample::finding(sample::at(file, "2"), "m", Severity::Error);
  second.rule = &sample::broken;
  EXPECT_EQ(sample::report("concise", {sample::result({first, second}), sample::quiet()}),
            "lib<U+001B>/a.py:1:5: FRG103 warning: one<U+000A>two\n"
            "lib<U+001B>/a.py:2:5: FRG001 error: m\n"
            "Found 1 error and 1 warning in 1 of 2 files.\n");
}

TEST(ConciseReporter, SaysSoWhenAllIsClean) {
  EXPECT_EQ(sample::report("concise", {sample::quiet(), sample::quiet()}),
            "All clean: 2 files checked.\n");
}

} // namespace
} // namespace fraglint
