#include "text/line_index.h"

#include <gtest/gtest.h>

#include <string>

namespace fraglint {
namespace {

TEST(LineIndex, AnEmptyTextHasOneEmptyLine) {
  LineIndex index("");
  EXPECT_EQ(index.lineCount(), 1u);
  EXPECT_EQ(index.lineRange(0), (TextRange{0, 0}));
  EXPECT_EQ(index.position(0, ColumnUnit::Utf16), (Position{0, 0}));
}

TEST(LineIndex, LinesEndAtLfCrlfAndLoneCr) {
  LineIndex index("a\nbb\r\nccc\rdddd");
  ASSERT_EQ(index.lineCount(), 4u);
  EXPECT_EQ(index.lineRange(0), (TextRange{0, 1}));
  EXPECT_EQ(index.lineRange(1), (TextRange{2, 4}));
  EXPECT_EQ(index.lineRange(2), (TextRange{6, 9}));
  EXPECT_EQ(index.lineRange(3), (TextRange{10, 14}));
  EXPECT_EQ(index.fullLineRange(0), (TextRange{0, 2}));
  EXPECT_EQ(index.fullLineRange(1), (TextRange{2, 6}));
  EXPECT_EQ(index.fullLineRange(2), (TextRange{6, 10}));
  EXPECT_EQ(index.fullLineRange(3), (TextRange{10, 14}));
}

TEST(LineIndex, AFinalLineEndStartsAnEmptyLine) {
  for (const char *text : {"a\n", "a\r\n", "a\r"}) {
    LineIndex index(text);
    ASSERT_EQ(index.lineCount(), 2u) << text;
    EXPECT_TRUE(index.lineRange(1).empty()) << text;
    EXPECT_EQ(index.lineAt(static_cast<uint32_t>(std::string(text).size())), 1u) << text;
  }
}

TEST(LineIndex, FormFeedAndVerticalTabEndNoLine) {
  EXPECT_EQ(LineIndex("a\fb\vc\x1c").lineCount(), 1u);
}

TEST(LineIndex, EachCrBeforeACrlfEndsALine) {
  LineIndex index("\r\r\n\n");
  ASSERT_EQ(index.lineCount(), 4u);
  EXPECT_EQ(index.fullLineRange(1), (TextRange{1, 3}));
}

TEST(LineIndex, TheLineEndBelongsToItsLine) {
  LineIndex index("a\r\nb");
  EXPECT_EQ(index.lineAt(1), 0u);
  EXPECT_EQ(index.lineAt(2), 0u);
  EXPECT_EQ(index.lineAt(3), 1u);
  EXPECT_EQ(index.lineAt(99), 1u);
}

// a, e with acute (2 bytes), euro (3 bytes), a face (4 bytes, two UTF-16 units), z
constexpr char kMixed[] = "a\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80z";

TEST(LineIndex, ColumnsCountWhatTheyAreAskedTo) {
  LineIndex index(kMixed);
  const uint32_t z = 10;
  EXPECT_EQ(index.position(z, ColumnUnit::Bytes), (Position{0, 10}));
  EXPECT_EQ(index.position(z, ColumnUnit::CodePoints), (Position{0, 4}));
  EXPECT_EQ(index.position(z, ColumnUnit::Utf16), (Position{0, 5}));
}

TEST(LineIndex, AnOffsetInsideACharacterIsThatCharacter) {
  LineIndex index(kMixed);
  EXPECT_EQ(index.position(7, ColumnUnit::CodePoints), (Position{0, 3}));
  EXPECT_EQ(index.position(9, ColumnUnit::Utf16), (Position{0, 3}));
}

TEST(LineIndex, PositionsAndOffsetsAreInverse) {
  std::string text = "x\n" + std::string(kMixed) + "\r\n\ty";
  LineIndex index(text);
  for (ColumnUnit unit : {ColumnUnit::Bytes, ColumnUnit::CodePoints, ColumnUnit::Utf16})
    for (uint32_t offset : {0u, 1u, 2u, 3u, 5u, 8u, 12u, 13u, 15u, 16u, 17u})
      EXPECT_EQ(index.offset(index.position(offset, unit), unit), offset);
}

TEST(LineIndex, PositionsPastAnEndAreClamped) {
  LineIndex index("ab\ncd");
  EXPECT_EQ(index.offset({0, 99}, ColumnUnit::Bytes), 2u);
  EXPECT_EQ(index.offset({0, 99}, ColumnUnit::Utf16), 2u);
  EXPECT_EQ(index.offset({7, 0}, ColumnUnit::CodePoints), 5u);
  EXPECT_EQ(index.position(99, ColumnUnit::CodePoints), (Position{1, 2}));
  EXPECT_EQ(index.lineRange(99), (TextRange{3, 5}));
}

TEST(LineIndex, AColumnInsideASurrogatePairIsItsCharacter) {
  LineIndex index(kMixed);
  EXPECT_EQ(index.offset({0, 4}, ColumnUnit::Utf16), 6u);
}

} // namespace
} // namespace fraglint
