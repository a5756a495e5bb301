#include "report/reporter.h"

#include "report/sample.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace fraglint {
namespace {

TEST(Reporter, EveryNamedFormatCanBeMade) {
  EXPECT_THAT(reportFormats(),
              testing::ElementsAre("text", "concise", "json", "jsonl", "github", "gitlab", "sarif",
                                   "junit", "checkstyle", "rdjson", "azure"));
  for (llvm::StringRef format : reportFormats())
    EXPECT_NE(makeReporter(format, llvm::nulls(), {}), nullptr) << format.str();
  EXPECT_EQ(makeReporter("Text", llvm::nulls(), {}), nullptr);
  EXPECT_EQ(makeReporter("", llvm::nulls(), {}), nullptr);
}

TEST(Reporter, WhatIsBelowTheLevelIsInNoFormat) {
  auto file = sample::source("a = 1\nb = 2\n");
  FileResult result = sample::result({
      sample::finding(sample::at(file, "a"), "loud", Severity::Warning),
      sample::finding(sample::at(file, "b"), "quiet", Severity::Note),
  });
  for (llvm::StringRef format : reportFormats()) {
    std::string text = sample::report(format, {result});
    EXPECT_THAT(text, testing::HasSubstr("loud")) << format.str();
    EXPECT_THAT(text, testing::Not(testing::HasSubstr("quiet"))) << format.str();
    EXPECT_THAT(sample::report(format, {result}, {.level = Severity::Note}),
                testing::HasSubstr("quiet"))
        << format.str();
    EXPECT_THAT(sample::report(format, {result}, {.level = Severity::Error}),
                testing::Not(testing::HasSubstr("loud")))
        << format.str();
  }
}

} // namespace
} // namespace fraglint
