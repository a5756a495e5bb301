#include "report/printable_text.h"

#include <gtest/gtest.h>

namespace fraglint {
namespace {

TEST(PrintableText, LeavesWhatIsPrintable) {
  EXPECT_EQ(printable(""), "");
  EXPECT_EQ(printable("a ü 温度 🙂 e\xCC\x81"), "a ü 温度 🙂 e\xCC\x81");
}

TEST(PrintableText, SpellsOutWhatWouldCommandATerminal) {
  EXPECT_EQ(printable("\x1b[2Ja"), "<U+001B>[2Ja");
  EXPECT_EQ(printable("a\tb\r\n"), "a<U+0009>b<U+000D><U+000A>");
  EXPECT_EQ(printable("\x7f"), "<U+007F>");
  EXPECT_EQ(printable("\xC2\x9B"), "<U+009B>") << "the one-byte form of ESC [";
  EXPECT_EQ(printable("\xE2\x80\xAE"), "<U+202E>") << "right to left from here";
  EXPECT_EQ(printable("\xF3\xA0\x80\xA1"), "<U+E0021>") << "an invisible letter";
  EXPECT_EQ(printable(llvm::StringRef("a\0b", 3)), "a<U+0000>b");
}

TEST(PrintableText, SpellsOutBytesThatAreNotUtf8) {
  EXPECT_EQ(printable("\xff.py"), "<0xFF>.py");
  EXPECT_EQ(printable("a\xE6\xB8"), "a<0xE6><0xB8>") << "cut off";
  EXPECT_EQ(printable("\xC0\x9B"), "<0xC0><0x9B>") << "too long a form of ESC";
}

TEST(PrintableText, CountsColumnsOfATerminal) {
  EXPECT_EQ(cellsOf(""), 0U);
  EXPECT_EQ(cellsOf("abc"), 3U);
  EXPECT_EQ(cellsOf("温度"), 4U);
  EXPECT_EQ(cellsOf("e\xCC\x81"), 1U);
  EXPECT_EQ(glyphAt("\x1b", 0).cells, 8U);
}

} // namespace
} // namespace fraglint
