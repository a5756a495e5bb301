#include "syntax/parse_history.h"

#include "syntax/parse_text.h"

#include "llvm/Support/JSON.h"

#include <gtest/gtest.h>

#include <random>

namespace fraglint {
namespace {

/// Everything that a tree says, as text.
std::string everything(const SyntaxTree &tree) {
  std::string text;
  for (uint32_t index = 0; index < tree.statementCount(); ++index)
    for (SyntaxNode node = tree.statement(index); node; node = node.next())
      text += kindName(node.kind()).str() + " " + std::to_string(int(node.field())) + " " +
              std::to_string(node.range().begin) + "-" + std::to_string(node.range().end) +
              (node.hasError() ? "!" : "") + " " + std::to_string(node.ordinal()) + " " +
              std::to_string(node.parent().ordinal()) + "\n";
  for (const Comment &comment : tree.comments())
    text += std::to_string(comment.range.begin) + "-" + std::to_string(comment.range.end) +
            (comment.ownLine ? " own\n" : "\n");
  for (const SyntaxProblem &problem : tree.problems())
    text += std::to_string(problem.range.begin) + "-" + std::to_string(problem.range.end) + " " +
            problem.message + "\n";
  return text;
}

std::shared_ptr<const SyntaxTree> treeOf(const std::string &text, ParseHistory *history) {
  auto file = std::make_shared<SourceFile>("x.py", text, SourceEncoding::Utf8, false);
  return llvm::cantFail(history ? history->parse(std::move(file))
                                : SyntaxTree::parse(std::move(file)));
}

void expectSameTree(const std::string &text, ParseHistory &history) {
  ASSERT_EQ(everything(*treeOf(text, &history)), everything(*treeOf(text, nullptr))) << text;
}

TEST(ParseHistory, GivesTheTreeOfTheTextAlone) {
  ParseHistory history;
  for (const char *text :
       {"x = 1\ny = 2\n", "x = 1\ny = 23\n", "x = 1\ny = (\n", "x = 1\ny = ()\n", "", "y = ()\n",
        "\xC3\xA9 = 1\r\ny = ()\n", "\xC3\xA8 = 1\r\ny = ()\n", "\xC3\xA8 = 1\ry = ()\n",
        "\xC3\xA8 = 1\r\ry = ()\n", "\xC3\xA8 = 1\r\r\ny = ()\n", "if x:\n  a & b ^ c\n",
        "if x:\n  a & b ^ c\nz = [*f(x)]\n", "if x:\n\n  a & b ^ c\nz = [*f(x)]\n"})
    expectSameTree(text, history);
}

/// What was valid is not looked at again, unless it may not be any more.
TEST(ParseHistory, FindsWhatIsWrongInAnyStatement) {
  ParseHistory history;
  for (const char *text :
       {"x = 1\nreturn 5\ny = 2\n", "x = 13\nreturn 5\ny = 2\n", "x = 13\nz = 5\ny = 2\n",
        "x = 134\nz = 5\ny = 2\n", "x = 134\nbreak\ny = 2\n", "x = 134\ny = 2\n",
        "x = (134 #\n)\ny = 2\n", "x = (134 # a\n)\ny = 2\n", "x = 13\ny = 2\n",
        "x = 13\nprint 'a'\ny = 2\n", "x = 1\nprint 'a'\ny = 2\n", "x = 1\nprint('a')\ny = 2\n"})
    expectSameTree(text, history);
}

/// What is found of a statement belongs to one text: `x =` above `y = 2` does not stay wrong when
/// it is mended.
TEST(ParseHistory, KeepsNoMarksOfAnotherText) {
  ParseHistory history;
  for (const char *text :
       {"a = 1\nx =\ny = 2\nb = 3\n", "a = 1\nx = 5\ny = 2\nb = 3\n",
        "a = 1\nx = 5\ny = 2\nif b:\nc = 3\n", "a = 1\nx = 5\ny = 2\nif b:\n  c = 3\n",
        "a = 1\nx = 56\ny = 2\nif b:\n  c = 3\n", "a = 1\nx = 56\ny = (2\nif b:\n  c = 3\n",
        "a = 1\nx = 567\ny = (2)\nif b:\n  c = 3\n"})
    expectSameTree(text, history);
}

/// The part of `now` that has to be parsed when `last` is known.
std::string editedPart(const std::string &last, const std::string &now) {
  ParseHistory history;
  treeOf(last, &history);
  std::optional<EditedPart> part = history.editedPartOf(now);
  return llvm::StringRef(now).slice(part->range.begin, part->range.end).str();
}

TEST(ParseHistory, ParsesTheStatementsThatAnEditTouches) {
  EXPECT_EQ(editedPart("a = 1\nb = 2\nc = 3\n", "a = 1\nbb = 2\nc = 3\n"), "bb = 2\n");
  EXPECT_EQ(editedPart("a = 1\nb = 2\nc = 3\n", "a = 1\nb = 2\nc = 34\n"), "c = 34\n");
  EXPECT_EQ(editedPart("# a\na = 1\nb = 2\n", "# a\na = 13\nb = 2\n"), "# a\na = 13\n");
  EXPECT_EQ(editedPart("a = 1\nb = 2\n", "a = 1\nb = 2\n"), "b = 2\n");
}

TEST(ParseHistory, ParsesWhatMayBeReadOtherwiseBecauseOfAnEdit) {
  // In front of a statement, at its end, and where nothing tells it from the one before.
  EXPECT_EQ(editedPart("a = 1\nb = 2\nc = 3\n", "a = 1\n b = 2\nc = 3\n"), "a = 1\n b = 2\n");
  EXPECT_EQ(editedPart("a = 1\nb = 2\nc = 3\n", "a = 1\nb = 2\\\nc = 3\n"), "b = 2\\\nc = 3\n");
  EXPECT_EQ(editedPart("a = 1\nb = 2\nc = 3\n", "a = 1\nb = 2c = 3\n"), "b = 2c = 3\n");
  EXPECT_EQ(editedPart("a = 1\nb = 2; c = 3\nd = 4\n", "a = 1\nb = 2; c = 34\nd = 4\n"),
            "b = 2; c = 34\n");
  EXPECT_EQ(editedPart("if a:\n  b\n'c'\nd = 4\n", "if aa:\n  b\n'c'\nd = 4\n"),
            "if aa:\n  b\n'c'\n");
}

TEST(ParseHistory, SharesWhatAnEditLeavesAlone) {
  ParseHistory history;
  treeOf("a = 1\nb = 2\nc = 3\nd = 4\n", &history);
  std::optional<EditedPart> part = history.editedPartOf("a = 1\nbb = 2\nc = 3\nd = 4\n");
  ASSERT_TRUE(part);
  ASSERT_EQ(part->before.size(), 1u);
  ASSERT_EQ(part->behind.size(), 2u);
  EXPECT_EQ(part->behind.front().begin + part->shift, 13u);
}

/// One random edit, of the kinds that people make, and of some that they do not.
std::string edited(std::string text, std::mt19937 &random) {
  static constexpr llvm::StringLiteral kPieces[] = {
      "x",        " ",  "\n", "    ",    "(",   ")",      "'",  "\"\"\"",
      ":",        "#",  "\\", ",",       "=",   "pass\n", "\r", "def f():\n    pass\n",
      "\xC3\xA9", "\t", "]",  "if x:\n", "\n\n"};
  auto number = [&](size_t below) {
    return std::uniform_int_distribution<size_t>(0, below)(random);
  };
  size_t at = number(text.size());
  while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0u) == 0x80u)
    ++at;
  if (number(2) == 0) {
    size_t end = std::min(text.size(), at + number(12));
    while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0u) == 0x80u)
      ++end;
    return text.erase(at, end - at);
  }
  return text.insert(at, kPieces[number(std::size(kPieces) - 1)]);
}

TEST(ParseHistory, GivesTheTreeOfTheTextAloneAfterAnyEdits) {
  std::mt19937 random(7);
  for (const std::string &path : corpusPaths("valid")) {
    std::string original = bytesOfFile(path);
    if (!llvm::json::isUTF8(original) || original.size() > 3000)
      continue;
    ParseHistory history;
    std::string text = original;
    for (int edit = 0; edit < 16; ++edit) {
      text = edit % 8 == 7 ? original : edited(std::move(text), random); // undone now and then
      expectSameTree(text, history);
      if (HasFatalFailure())
        return;
    }
  }
}

} // namespace
} // namespace fraglint
