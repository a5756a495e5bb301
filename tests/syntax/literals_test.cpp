#include "syntax/literals.h"

#include <gtest/gtest.h>

namespace fraglint {
namespace {

/// How much of `text` is the number, with a `!` where it is wrong.
std::string number(llvm::StringRef text) {
  LiteralScan scan = scanNumber(text, 0);
  return text.take_front(scan.end).str() + (scan.problem.empty() ? "" : "!");
}

TEST(Numbers, EndWherePythonEndsThem) {
  for (const char *text : {"0", "00", "0_0", "1_000", "12.5", "1.", ".5", "1e5", "1.e-5", "1E+10j",
                           "0x_ff", "0XFF", "0o17", "0b10_01", "09.5", "09j", "077e1"})
    EXPECT_EQ(number(text), text);
  EXPECT_EQ(number("1..real"), "1.");
  EXPECT_EQ(number("1if x"), "1");
  EXPECT_EQ(number("0xfor x"), "0xf");
  EXPECT_EQ(number("1else"), "1");
  EXPECT_EQ(number("1.5.2"), "1.5");
  EXPECT_EQ(number("1]"), "1");
  EXPECT_EQ(number("1\xC2\xA0+ 2"), "1") << "a no-break space is not part of a number";
}

TEST(Numbers, AreWrongWherePythonSaysSo) {
  for (const char *text : {"0777", "1_", "1__0", "0x", "0xg", "0b12", "0o8", "1a", "1e", "1_x",
                           "1._5", "1.real", "5abc", "0b1_", "1\xC3\xA9"})
    EXPECT_EQ(number(text).back(), '!') << text;
}

TEST(Prefixes, AreThoseOfPython) {
  EXPECT_TRUE(parseStringPrefix("")->isRaw == false);
  EXPECT_TRUE(parseStringPrefix("Rb")->isRaw && parseStringPrefix("Rb")->isBytes);
  EXPECT_TRUE(parseStringPrefix("fR")->isFormatted);
  EXPECT_TRUE(parseStringPrefix("t")->isFormatted);
  for (const char *word : {"ur", "bu", "fb", "bb", "rr", "frb", "x", "ft"})
    EXPECT_FALSE(parseStringPrefix(word)) << word;
}

std::string escape(llvm::StringRef text, bool isBytes = false) {
  LiteralScan scan = scanEscape(text, 0, isBytes);
  return text.take_front(scan.end).str() + (scan.problem.empty() ? "" : "!");
}

TEST(Escapes, EndWherePythonEndsThem) {
  EXPECT_EQ(escape("\\n1"), "\\n");
  EXPECT_EQ(escape("\\x4142"), "\\x41");
  EXPECT_EQ(escape("\\u00e9f"), "\\u00e9");
  EXPECT_EQ(escape("\\U0010FFFF0"), "\\U0010FFFF");
  EXPECT_EQ(escape("\\N{BULLET}x"), "\\N{BULLET}");
  EXPECT_EQ(escape("\\qx"), "\\q");
  EXPECT_EQ(escape("\\\r\nx"), "\\\r\n");
  EXPECT_EQ(escape("\\"), "\\");
}

TEST(Escapes, AreWrongWherePythonSaysSo) {
  for (const char *text :
       {"\\x1", "\\xg0", "\\u12", "\\U0011", "\\U00110000", "\\N", "\\N{", "\\N{}"})
    EXPECT_EQ(escape(text).back(), '!') << text;
  EXPECT_EQ(escape("\\Users"), "\\U!");
  EXPECT_EQ(escape("\\N", true), "\\N");
  EXPECT_EQ(escape("\\u12", true), "\\u");
  EXPECT_EQ(escape("\\x1", true).back(), '!');
}

} // namespace
} // namespace fraglint
