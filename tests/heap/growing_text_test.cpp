#include "heap/growing_text.h"

#include "support/analysed.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace fraglint {
namespace {

std::vector<std::string> growing(llvm::StringRef code) {
  Analysed analysed(code);
  std::vector<std::string> found;
  for (const GrowingText &text : analysed.heap.growingTexts())
    found.push_back((text.target.text() + (text.isBytes ? " bytes" : " str") +
                     (text.isConstant ? " constant" : "") + (text.isFromOutside ? " outside" : "") +
                     (text.measure ? " measured" : ""))
                        .str());
  return found;
}

using testing::ElementsAre;
using testing::IsEmpty;

TEST(GrowingText, IsWhatPassesMakeLonger) {
  EXPECT_THAT(growing("s = ''\nwhile x():\n    s += y\n"), ElementsAre("s str"));
  EXPECT_THAT(growing("s = b''\nwhile x():\n    s = s + y + z\n"), ElementsAre("s bytes"));
  EXPECT_THAT(growing("s = ''\ns += y\n"), IsEmpty());
  EXPECT_THAT(growing("s = ''\nwhile x():\n    s += y\n    raise E\n"), IsEmpty());
  EXPECT_THAT(growing("while x():\n    s = ''\n    s += y\n"), IsEmpty());
  EXPECT_THAT(growing("s = ''\nwhile x():\n    s = y + s\n"), IsEmpty());
}

TEST(GrowingText, NeedsAKnownType) {
  EXPECT_THAT(growing("s = f()\nwhile x():\n    s += y\n"), IsEmpty());
  EXPECT_THAT(growing("s = []\nwhile x():\n    s += b'x'\n"), IsEmpty());
  EXPECT_THAT(growing("s = bytearray()\nwhile x():\n    s += b'x'\n"), IsEmpty());
  EXPECT_THAT(growing("s = b''\nwhile x():\n    s += y\na, s = s.split(b' ', 1)\n"),
              ElementsAre("s bytes"));
  EXPECT_THAT(
      growing("s = 1\ndef f():\n    global s\n    s = ''\n    while x():\n        s += y\n"),
      ElementsAre("s str"));
}

TEST(GrowingText, SaysWhereItsPiecesComeFrom) {
  EXPECT_THAT(growing("s = ''\nwhile x():\n    s += 'a'\n"), ElementsAre("s str constant"));
  EXPECT_THAT(growing("s = b''\nwhile x():\n    c = u.read(1)\n    s += c\n"),
              ElementsAre("s bytes outside"));
  EXPECT_THAT(growing("s = b''\nwhile x():\n    n = u.recv_into(b)\n    s += b[:n]\n"),
              ElementsAre("s bytes outside"));
  EXPECT_THAT(growing("import sys\ns = ''\nwhile x():\n    s += sys.stdin.read(1)\n"),
              ElementsAre("s str"));
  EXPECT_THAT(growing("s = ''\nwhile len(s) < 9:\n    s += y\n"), ElementsAre("s str measured"));
  EXPECT_THAT(growing("s = ''\nwhile x() or len(s) > 0:\n    s += y\n"), ElementsAre("s str"));
}

TEST(GrowingText, TellsOfALoopOnce) {
  Analysed code("s = ''\nwhile x():\n    s += 'a'\n    s += y\n    s += z\n");
  ASSERT_EQ(code.heap.growingTexts().size(), 1U);
  const GrowingText &text = code.heap.growingTexts().front();
  EXPECT_EQ(text.statement.text(), "s += y");
  ASSERT_EQ(text.further.size(), 2U);
  EXPECT_EQ(text.further.front().text(), "s += 'a'");
}

} // namespace
} // namespace fraglint
