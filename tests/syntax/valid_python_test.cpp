/// No false alarms: nothing may be said about the files of corpus/syntax/valid.

#include "syntax/parse_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace fraglint {
namespace {

TEST(ValidPython, HasNoProblems) {
  for (const std::string &path : corpusPaths("valid")) {
    TreePointer tree = parseText(bytesOfFile(path));
    EXPECT_THAT(problemsOf(*tree), testing::IsEmpty()) << path;
    EXPECT_FALSE(tree->isPython2()) << path;
    expectSound(*tree);
    for (uint32_t index = 0; index < tree->statementCount(); ++index)
      EXPECT_FALSE(tree->statement(index).hasError())
          << path << tree->statement(index).text().str();
  }
}

/// One change of line ends must not change what a file means.
TEST(ValidPython, IsReadAlikeWithAllLineEnds) {
  for (const std::string &path : corpusPaths("valid")) {
    std::string text = bytesOfFile(path);
    std::string lone = text;
    std::replace(lone.begin(), lone.end(), '\n', '\r');
    EXPECT_EQ(shapeOf(text), shapeOf(lone)) << path;
  }
}

} // namespace
} // namespace fraglint
