#include "syntax/comment.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace fraglint {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr uint32_t kBegin = 100;

std::optional<Directive> parsed(llvm::StringRef text, bool ownLine = false) {
  auto end = kBegin + static_cast<uint32_t>(text.size());
  return parseDirective({{kBegin, end}, ownLine}, text);
}

/// What `range` covers of the comment.
std::string covered(llvm::StringRef text, TextRange range) {
  return text.slice(range.begin - kBegin, range.end - kBegin).str();
}

TEST(Directive, HasWordArgumentsAndReason) {
  llvm::StringRef text = "# fraglint: ignore[FRG201, del-without-collect] it is reused  ";
  std::optional<Directive> directive = parsed(text, true);
  ASSERT_TRUE(directive);
  EXPECT_EQ(directive->word, "ignore");
  EXPECT_THAT(directive->arguments, ElementsAre("FRG201", "del-without-collect"));
  EXPECT_EQ(directive->reason, "it is reused");
  EXPECT_TRUE(directive->ownLine);
  EXPECT_FALSE(directive->malformed);
  EXPECT_EQ(covered(text, directive->range), text.rtrim());
  ASSERT_EQ(directive->argumentRanges.size(), 2u);
  EXPECT_EQ(covered(text, directive->argumentRanges[0]), "FRG201");
  EXPECT_EQ(covered(text, directive->argumentRanges[1]), "del-without-collect");
}

TEST(Directive, MayLackArgumentsAndReason) {
  for (const char *text : {"# fraglint: fixed", "#fraglint:fixed", "#  fraglint :  fixed  "}) {
    std::optional<Directive> directive = parsed(text);
    ASSERT_TRUE(directive) << text;
    EXPECT_EQ(directive->word, "fixed");
    EXPECT_THAT(directive->arguments, IsEmpty());
    EXPECT_EQ(directive->reason, "");
    EXPECT_FALSE(directive->malformed);
  }
}

TEST(Directive, KnowsAllForms) {
  for (const char *word : {"ignore-file", "ignore-start", "ignore-end", "no-alloc"})
    EXPECT_EQ(parsed(std::string("# fraglint: ") + word + "[FRG103] r")->word, word);
}

TEST(Directive, TakesAValue) {
  for (const char *text :
       {"# fraglint: size=4096 as measured", "# fraglint: size = 4096 as measured",
        "# fraglint: size <= 4096, as measured"}) {
    std::optional<Directive> directive = parsed(text);
    ASSERT_TRUE(directive) << text;
    EXPECT_EQ(directive->word, "size");
    EXPECT_THAT(directive->arguments, ElementsAre("4096")) << text;
    EXPECT_EQ(covered(text, directive->argumentRanges[0]), "4096");
    EXPECT_THAT(directive->reason, testing::EndsWith("as measured"));
  }
  EXPECT_THAT(parsed("# fraglint: len<=64")->arguments, ElementsAre("64"));
}

TEST(Directive, StandsBehindOtherWords) {
  llvm::StringRef text = "# keep  # fraglint: ignore[FRG201] reused";
  std::optional<Directive> directive = parsed(text);
  ASSERT_TRUE(directive);
  EXPECT_EQ(covered(text, directive->range), "# fraglint: ignore[FRG201] reused");
}

TEST(Directive, EndsBeforeAnotherComment) {
  llvm::StringRef text = "# fraglint: ignore[FRG201] see #12 there # pylint: disable=x";
  std::optional<Directive> directive = parsed(text);
  EXPECT_EQ(directive->reason, "see #12 there");
  EXPECT_EQ(covered(text, directive->range), "# fraglint: ignore[FRG201] see #12 there");
}

TEST(Directive, ReasonsMayStartWithASign) {
  EXPECT_EQ(parsed("# fraglint: ignore[FRG201]: reused")->reason, "reused");
  EXPECT_EQ(parsed("# fraglint: ignore[FRG201] -- reused")->reason, "reused");
}

TEST(Directive, IsMalformedWhereSomethingLacks) {
  for (const char *text :
       {"# fraglint:", "# fraglint: [FRG201]", "# fraglint: ignore[FRG201", "# fraglint: ignore[]",
        "# fraglint: ignore[ , ]", "# fraglint: size=", "# fraglint: ignore[FRG201 # noqa"}) {
    std::optional<Directive> directive = parsed(text);
    ASSERT_TRUE(directive) << text;
    EXPECT_TRUE(directive->malformed) << text;
  }
}

TEST(Directive, IsNotInProse) {
  for (const char *text : {"# fraglint is a tool", "# see fraglint: ignore[FRG201]", "#",
                           "# fraglinter: ignore", "# no qa", "# noqality", "# keep # this"})
    EXPECT_FALSE(parsed(text)) << text;
}

TEST(Noqa, HasNoArgumentsWhenPlain) {
  for (const char *text : {"# noqa", "#noqa", "# NOQA", "# noqa because", "# noqa: some words"}) {
    std::optional<Directive> directive = parsed(text);
    ASSERT_TRUE(directive) << text;
    EXPECT_EQ(directive->word, "noqa");
    EXPECT_THAT(directive->arguments, IsEmpty()) << text;
    EXPECT_FALSE(directive->malformed);
  }
}

TEST(Noqa, ListsCodesAsFlake8Does) {
  for (const char *text : {"# noqa: E501,FRG201", "# noqa:E501, FRG201", "# NoQA : E501 FRG201",
                           "#noqa:E501,,FRG201 because"}) {
    std::optional<Directive> directive = parsed(text);
    ASSERT_TRUE(directive) << text;
    EXPECT_THAT(directive->arguments, ElementsAre("E501", "FRG201")) << text;
    EXPECT_EQ(covered(text, directive->argumentRanges[1]), "FRG201");
  }
  EXPECT_THAT(parsed("# noqa: frg201")->arguments, ElementsAre("frg201"));
}

TEST(Noqa, ComesSecondToOurOwn) {
  EXPECT_EQ(parsed("# noqa: E501 # fraglint: ignore[FRG201] why")->word, "ignore");
  EXPECT_EQ(parsed("# type: ignore # noqa: FRG201")->word, "noqa");
}

} // namespace
} // namespace fraglint
