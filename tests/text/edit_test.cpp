#include "text/edit.h"

#include <gtest/gtest.h>

namespace fraglint {
namespace {

std::string applied(llvm::StringRef text, const std::vector<Edit> &edits) {
  llvm::Expected<std::string> result = applyEdits(text, edits);
  return result ? *result : "error: " + llvm::toString(result.takeError());
}

TEST(ApplyEdits, NoneLeavesTheText) { EXPECT_EQ(applied("abc", {}), "abc"); }

TEST(ApplyEdits, ComeInAnyOrder) {
  EXPECT_EQ(applied("abcdef", {{{4, 6}, "X"}, {{0, 1}, ""}, {{2, 3}, "long"}}), "blongdX");
}

TEST(ApplyEdits, InsertionsAtOneOffsetKeepTheirOrder) {
  EXPECT_EQ(applied("ab", {{{1, 1}, "1"}, {{1, 1}, "2"}, {{1, 1}, "3"}}), "a123b");
}

TEST(ApplyEdits, AnInsertionStandsBeforeTheReplacementOfWhatFollows) {
  EXPECT_EQ(applied("abc", {{{1, 2}, "X"}, {{1, 1}, "+"}}), "a+Xc");
  EXPECT_EQ(applied("abc", {{{1, 2}, "X"}, {{2, 2}, "+"}}), "aX+c");
}

TEST(ApplyEdits, NeighboursDoNotOverlap) {
  EXPECT_EQ(applied("abcd", {{{0, 2}, "1"}, {{2, 4}, "2"}}), "12");
}

TEST(ApplyEdits, OverlapsFail) {
  EXPECT_EQ(applied("abcd", {{{0, 3}, ""}, {{2, 4}, ""}}), "error: two edits overlap at byte 2");
  EXPECT_EQ(applied("abcd", {{{1, 3}, ""}, {{2, 2}, "x"}}), "error: two edits overlap at byte 2");
  EXPECT_EQ(applied("abcd", {{{1, 3}, "x"}, {{1, 3}, "x"}}), "error: two edits overlap at byte 1");
}

TEST(ApplyEdits, LeavingTheTextFails) {
  EXPECT_EQ(applied("abcd", {{{3, 5}, ""}}),
            "error: an edit of bytes 3 to 5 leaves the text of 4 bytes");
  EXPECT_EQ(applied("abcd", {{{3, 2}, ""}}),
            "error: an edit of bytes 3 to 2 leaves the text of 4 bytes");
}

TEST(ApplyEdits, WorkAtBothEnds) {
  EXPECT_EQ(applied("ab", {{{2, 2}, ">"}, {{0, 0}, "<"}}), "<ab>");
}

} // namespace
} // namespace fraglint
