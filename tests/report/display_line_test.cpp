#include "report/display_line.h"

#include <gtest/gtest.h>

namespace fraglint {
namespace {

/// The line as shown, and below it the marks.
std::string shown(llvm::StringRef line, TextRange mark, uint32_t maxCells = 40) {
  DisplayLine display(line, mark, maxCells);
  return display.text() + '\n' + std::string(display.markBegin(), ' ') +
         std::string(display.markCells(), '^');
}

std::string aHundred(char character) { return std::string(100, character); }

TEST(DisplayLine, MarksBytesOfPlainText) {
  EXPECT_EQ(shown("a = bytearray(9)", {4, 13}), "a = bytearray(9)\n    ^^^^^^^^^");
  EXPECT_EQ(shown("abc", {0, 3}), "abc\n^^^");
}

TEST(DisplayLine, AnEmptyMarkIsOneColumn) {
  EXPECT_EQ(shown("abc", {1, 1}), "abc\n ^");
  EXPECT_EQ(shown("abc", {3, 3}), "abc\n   ^");
  EXPECT_EQ(shown("", {0, 0}), "\n^");
  EXPECT_EQ(shown("\tx", {0, 0}), "    x\n^");
}

TEST(DisplayLine, TabsGoToTheNextStop) {
  EXPECT_EQ(shown("\tx = 1", {1, 2}), "    x = 1\n    ^");
  EXPECT_EQ(shown("ab\tx", {3, 4}), "ab  x\n    ^");
  EXPECT_EQ(shown("abcd\tx", {4, 6}), "abcd    x\n    ^^^^^");
}

TEST(DisplayLine, WideAndCombiningCharactersCountAsShown) {
  EXPECT_EQ(shown("s = '温度' + x", {15, 16}), "s = '温度' + x\n             ^");
  EXPECT_EQ(shown("温度 = 1", {0, 6}), "温度 = 1\n^^^^");
  EXPECT_EQ(shown("e\xCC\x81 = y", {6, 7}), "e\xCC\x81 = y\n    ^");
  EXPECT_EQ(shown("xe\xCC\x81", {2, 4}), "xe\xCC\x81\n ^") << "the combining mark alone";
}

TEST(DisplayLine, WhatIsSpelledOutCountsAsShown) {
  EXPECT_EQ(shown("'\x1b' + x", {6, 7}), "'<U+001B>' + x\n             ^");
  EXPECT_EQ(shown("'\x1b'", {1, 2}), "'<U+001B>'\n ^^^^^^^^");
}

TEST(DisplayLine, ALongLineIsCutBehindTheMark) {
  std::string line = "name = bytearray(1) + " + aHundred('z');
  EXPECT_EQ(shown(line, {7, 19}, 30), "name = bytearray(1) + zzzzz...\n       ^^^^^^^^^^^^");
}

TEST(DisplayLine, ALongLineIsCutOnBothSides) {
  std::string line = aHundred('a').append("MARK").append(aHundred('z'));
  EXPECT_EQ(shown(line, {100, 104}, 30), "...aaaaaaaMARKzzzzzzzzzzzzz...\n          ^^^^");
}

TEST(DisplayLine, ALongLineIsCutBeforeAMarkAtItsEnd) {
  std::string line = aHundred('a').append("MARK");
  EXPECT_EQ(shown(line, {100, 104}, 30),
            "...aaaaaaaaaaaaaaaaaaaaMARK\n                       ^^^^");
  EXPECT_EQ(shown(line, {104, 104}, 30),
            "...aaaaaaaaaaaaaaaaaaaaMARK\n                           ^");
}

TEST(DisplayLine, AMarkWiderThanTheRoomIsCut) {
  std::string line = "x = " + aHundred('m');
  EXPECT_EQ(shown(line, {4, 104}, 20), "x = mmmmmmmmmmmmm...\n    ^^^^^^^^^^^^^");
}

TEST(DisplayLine, IsNeverWiderThanItsRoom) {
  std::string line;
  for (int i = 0; i < 300; ++i)
    line += "温\x1b\t,e\xCC\x81";
  for (uint32_t begin = 0; begin < line.size(); begin += 7) {
    DisplayLine display(line, {begin, begin + 20}, 40);
    EXPECT_LE(cellsOf(display.text()), 40U) << begin;
    EXPECT_LE(display.markBegin() + display.markCells(), 41U) << begin;
  }
}

TEST(DisplayLine, AMegabyteLineIsNotReadWhole) {
  std::string line(5'000'000, 'a');
  for (uint32_t turn = 0; turn < 10'000; ++turn)
    ASSERT_EQ(DisplayLine(line, {4'000'000 + turn, 4'000'010 + turn}, 80).markCells(), 10U);
}

} // namespace
} // namespace fraglint
