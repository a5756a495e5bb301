/// One broken line must not take the rest of the file with it.

#include "syntax/parse_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace fraglint {
namespace {

using testing::ElementsAre;

/// The kinds of all statements that hold no error, in order.
std::vector<std::string> soundStatements(llvm::StringRef text) {
  TreePointer tree = parseText(text);
  expectSound(*tree);
  std::vector<std::string> result;
  for (uint32_t ordinal = 0; ordinal < tree->nodeCount(); ++ordinal) {
    SyntaxNode node = tree->node(ordinal);
    if (isStatement(node.kind()) && !node.hasError())
      result.push_back(node.text().str());
  }
  return result;
}

TEST(Recovery, AMissingColonKeepsTheBlock) {
  EXPECT_THAT(soundStatements("a = 1\nwhile True\n    b = 2\n    del b\nc = 3\n"),
              ElementsAre("a = 1", "b = 2", "del b", "c = 3"));
  TreePointer tree = parseText("while True\n    b = 2\n    del b\nc = 3\n");
  ASSERT_EQ(tree->statementCount(), 2u);
  EXPECT_EQ(tree->statement(0).kind(), NodeKind::WhileStatement);
  EXPECT_TRUE(tree->statement(0).hasError());
}

TEST(Recovery, EveryKindOfHeaderKeepsItsBlock) {
  for (const char *header :
       {"if a b:", "while a b:", "for a b c d:", "for i in a b:", "with a b as c:", "def f(a b):",
        "class A(b c):", "if a = b:", "else", "if", "for x in y", "try", "while 1", "class A",
        "if f(a:", "while (a or b:", "def f(a, b:", "async def f(a b):"}) {
    std::string text = std::string(header) + "\n    b = 2\nc = 3\n";
    EXPECT_FALSE(problemsOf(text).empty()) << text;
    EXPECT_THAT(soundStatements(text), ElementsAre("b = 2", "c = 3")) << text;
  }
}

TEST(Recovery, AHeaderKeepsItsBlockWhereSomethingBehindItsColonIsNotClosed) {
  for (const char *header : {"if a:(", "if a:\"", "if a:f(\"", "if a(:", "if a(\":"}) {
    std::string text = std::string(header) + "\n    b = 2\nelse:\n    c = 3\nd = 4\n";
    EXPECT_EQ(problemsOf(text).size(), 1u) << text;
    EXPECT_THAT(soundStatements(text), ElementsAre("b = 2", "c = 3", "d = 4")) << text;
  }
  EXPECT_THAT(soundStatements("if a: f(\nb = 2\n"), ElementsAre("b = 2"));
}

TEST(Recovery, AnUnclosedBracketEndsWithItsStatement) {
  EXPECT_THAT(soundStatements("while True:\n    foo(a,\n    b = 2\n    del b\nc = 3\n"),
              ElementsAre("b = 2", "del b", "c = 3"));
  EXPECT_THAT(soundStatements("d = {\"a\":\nx = 1\ny = 2\n"), ElementsAre("x = 1", "y = 2"));
  EXPECT_THAT(soundStatements("x = f(\n    a,\n    [b,\n    c)\nd\n"), ElementsAre("d"));
}

TEST(Recovery, AnUnfinishedAssignmentDoesNotSwallowTheNextLine) {
  EXPECT_THAT(soundStatements("while True:\n    x =\n    del buf\n    y\n"),
              ElementsAre("del buf", "y"));
  EXPECT_THAT(soundStatements("a.\nb = 3\n"), ElementsAre("b = 3"));
}

TEST(Recovery, AnUnclosedStringEndsWithItsLine) {
  EXPECT_THAT(soundStatements("a = 1\nprint('x)\nb = 2\n"), ElementsAre("a = 1", "b = 2"));
  EXPECT_THAT(soundStatements("a = f(\n    'x,\n    y,\n)\nb = 2\n"), ElementsAre("b = 2"));
  EXPECT_THAT(soundStatements("print(f'{x)\nb = 2\n"), ElementsAre("b = 2"));
}

TEST(Recovery, ABrokenLineBecomesAnError) {
  TreePointer tree = parseText("a = 1\nb c d = = 2\ne = 3\n");
  ASSERT_EQ(tree->statementCount(), 3u);
  EXPECT_EQ(tree->statement(1).kind(), NodeKind::Error);
  EXPECT_EQ(tree->statement(1).text(), "b c d = = 2");
  EXPECT_TRUE(tree->statement(1).hasError());
  EXPECT_FALSE(tree->statement(0).hasError());
  EXPECT_FALSE(tree->statement(2).hasError());
}

TEST(Recovery, ManyBrokenLinesAreAllFound) {
  std::string text;
  for (int number = 0; number < 50; ++number)
    text += "a = = 1\nif b\n    c = 1\n";
  TreePointer tree = parseText(text);
  EXPECT_EQ(tree->problems().size(), 100u);
  EXPECT_EQ(soundStatements(text).size(), 50u);
}

TEST(Recovery, WhatIsLeftOfABrokenStatementIsNotReportedAgain) {
  EXPECT_THAT(problemsOf("x = {\n    'a': 1],\n    'b': 2,\n}\ny = = 1\n"),
              ElementsAre(testing::StartsWith("2:11 "), testing::StartsWith("5:5 ")));
}

} // namespace
} // namespace fraglint
