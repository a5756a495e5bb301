#include "syntax/line_scanner.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace fraglint {
namespace {

using testing::ElementsAre;

/// The text of each logical line, a `>` behind those that open a block.
std::vector<std::string> linesOf(llvm::StringRef text) {
  std::vector<std::string> result;
  for (const LogicalLine &line : scanLines(text).lines)
    result.push_back(text.slice(line.begin, line.end).str() + (line.opensBlock ? ">" : ""));
  return result;
}

TEST(LogicalLines, EndWherePythonEndsThem) {
  EXPECT_THAT(linesOf("a\n\n# c\nb  # d\n  \nc"), ElementsAre("a", "b", "c"));
  EXPECT_THAT(linesOf("a = (1,  # c\n\n2)\nb"), ElementsAre("a = (1,  # c\n\n2)", "b"));
  EXPECT_THAT(linesOf("a = \\\n1\r\nb\rc"), ElementsAre("a = \\\n1", "b", "c"));
  EXPECT_THAT(linesOf("'''\n#'''\nr'\\'#'\n\"\\\n\""),
              ElementsAre("'''\n#'''", "r'\\'#'", "\"\\\n\""));
  EXPECT_THAT(linesOf("f'{a:{b}}}}' # c\nf'''{\n'}'\n}'''\n"),
              ElementsAre("f'{a:{b}}}}'", "f'''{\n'}'\n}'''"));
}

TEST(LogicalLines, KnowWhatOpensABlock) {
  EXPECT_THAT(linesOf("if x: # c\n  y\nif x: y\nz[1:\n2]\ndef f()\n  x"),
              ElementsAre("if x:>", "y", "if x: y", "z[1:\n2]", "def f()>", "x"));
}

TEST(TextForParser, JoinsLinesInBracketsOnly) {
  EXPECT_EQ(textForParser("x = (a, # c\n  b)\ny = '''\n'''\n"), "x = (a,       b)\ny = '''\n'''\n");
  EXPECT_EQ(textForParser("(a\r\nb)\r\nc\r"), "(a  b)\r\nc\r");
}

TEST(TextForParser, KeepsTheLength) {
  for (const char *text : {"f'{x:=8}'", "type(a).b = c", "b'\\N'", "(\n(\ndef f", "'''\n", ""})
    EXPECT_EQ(textForParser(text).size(), llvm::StringRef(text).size()) << text;
  EXPECT_EQ(textForParser("f'{x:=8}'"), "f'{x: 8}'");
  EXPECT_EQ(textForParser("type(a).b = c"), "_ype(a).b = c");
  EXPECT_EQ(textForParser("type a = c"), "type a = c");
}

TEST(HeaderKeyword, LeavesAsyncOut) {
  auto keyword = [](llvm::StringRef text) {
    return headerKeyword(text, scanLines(text).lines.front()).str();
  };
  EXPECT_EQ(keyword("if x:"), "if");
  EXPECT_EQ(keyword("async  def f(): pass"), "def");
  EXPECT_EQ(keyword("match x:"), "match");
  EXPECT_EQ(keyword("match = 1"), "");
  EXPECT_EQ(keyword("iffy = 1"), "");
}

} // namespace
} // namespace fraglint
