#include "lint/ignore_comments.h"
#include "lint/linter.h"
#include "lint/rule.h"

#include "llvm/ADT/STLExtras.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace fraglint {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

struct Silenced {
  std::string text;
  uint32_t added = 0;
  std::vector<std::string> left; ///< codes
};

Silenced silence(const std::string &code, llvm::StringRef reason = "old") {
  Settings settings = Settings::defaults();
  settings.level = Severity::Note;
  auto file = llvm::cantFail(SourceFile::decode("no such folder/code.py", code));
  auto relint = [&](const std::shared_ptr<const SourceFile> &next) {
    return lintFile(next, settings);
  };
  auto done = silenceFile(file, relint(file), settings, reason, relint);
  if (!done) {
    ADD_FAILURE() << llvm::toString(done.takeError()) << "\n" << code;
    return {};
  }
  Silenced silenced = {done->file->text().str(), done->result.ignoresAdded, {}};
  for (const Diagnostic &finding : done->result.diagnostics)
    silenced.left.push_back(finding.rule->code.str());
  return silenced;
}

/// Silences all, and nothing the second time.
std::string silencedText(const std::string &code) {
  Silenced once = silence(code);
  EXPECT_THAT(once.left, IsEmpty()) << once.text;
  EXPECT_NE(0U, once.added) << code;
  Silenced twice = silence(once.text);
  EXPECT_EQ(0U, twice.added);
  EXPECT_EQ(once.text, twice.text);
  return once.text;
}

const std::string kHead = "import board\nuart = board.UART()\n";

TEST(IgnoreComments, StandBehindTheCode) {
  EXPECT_EQ(kHead + "while True:\n    line = bytearray(4096)  # fraglint: ignore[FRG103] old\n"
                    "    uart.readinto(line)\n",
            silencedText(kHead + "while True:\n    line = bytearray(4096)\n"
                                 "    uart.readinto(line)\n"));
}

TEST(IgnoreComments, JoinTheCommentsThatAreThere) {
  EXPECT_THAT(silencedText(kHead + "while True:\n    line = bytearray(4096)  # a frame   \n"
                                   "    uart.readinto(line)\n"),
              HasSubstr("(4096)  # a frame  # fraglint: ignore[FRG103] old\n"));
  // Of one statement two findings, of which one is silenced already.
  std::string two = "picture = bytearray(38400)\ndel picture  # fraglint: ignore[FRG301] kept\n"
                    "frame = bytearray(38400)\n";
  EXPECT_THAT(silence(kHead + two).text,
              HasSubstr("del picture  # fraglint: ignore[FRG301, FRG201] kept\n"));
  EXPECT_THAT(silencedText(kHead + "picture = bytearray(38400)\n\n"
                                   "# fraglint: ignore[FRG201] reused\n# and more\ndel picture\n"
                                   "frame = bytearray(38400)\nwhile True:\n"
                                   "    line = bytearray(4096)\n    uart.readinto(line)\n"),
              HasSubstr("# fraglint: ignore[FRG201] reused\n# and more\ndel picture\n"));
}

TEST(IgnoreComments, StandAboveWhereTheLineIsLong) {
  std::string name(90, 'n');
  EXPECT_EQ(kHead + "while True:\n\t# fraglint: ignore[FRG103] old\n\t" + name +
                " = bytearray(4096)\n\tuart.readinto(" + name + ")\n",
            silencedText(kHead + "while True:\n\t" + name + " = bytearray(4096)\n\tuart.readinto(" +
                         name + ")\n"));
}

TEST(IgnoreComments, KeepLineEnds) {
  std::string text = silencedText("import board\r\nuart = board.UART()\r\nwhile True:\r\n"
                                  "    line = bytearray(4096)\r\n    uart.readinto(line)\r\n");
  EXPECT_THAT(text, HasSubstr("(4096)  # fraglint: ignore[FRG103] old\r\n    uart"));
  std::string name(90, 'n');
  text =
      silencedText("import board\r\nuart = board.UART()\r\nwhile True: uart.write(bytes(4096)); " +
                   name + " = 1");
  EXPECT_THAT(text, HasSubstr("\r\n# fraglint: ignore["));
  EXPECT_EQ(llvm::StringRef(text).count('\n'), llvm::StringRef(text).count("\r\n"));
}

TEST(IgnoreComments, OfALastLineWithoutEnd) {
  EXPECT_THAT(silencedText(kHead + "while True:\n    uart.write(bytearray(4096))"),
              HasSubstr("(bytearray(4096))  # fraglint: ignore["));
}

TEST(IgnoreComments, NeverStandInStringsOrBehindBackslashes) {
  // The finding's own line ends in a string, and the statement's last one does not.
  EXPECT_THAT(silencedText(kHead + "while True:\n    line = bytearray(4096); text = '''\nx\n'''\n"
                                   "    uart.readinto(line)\n"),
              HasSubstr("    # fraglint: ignore[FRG103] old\n    line = bytearray(4096); text"));
  EXPECT_THAT(silencedText(kHead + "while True:\n    line = \\\n        bytearray(4096)\n"
                                   "    uart.readinto(line)\n"),
              HasSubstr("line = \\\n        bytearray(4096)  # fraglint: ignore[FRG103] old\n"));
  EXPECT_THAT(silencedText(kHead +
                           "while True:\n    line = bytearray(4096) + \\\n        b'x\\\ny'\n"
                           "    uart.readinto(line)\n"),
              HasSubstr("y'  # fraglint: ignore["));
  EXPECT_THAT(silencedText(kHead + "while True:\n    x = '''\n'''; line = bytearray(4096)\n"
                                   "    uart.readinto(line)\n"),
              HasSubstr("'''; line = bytearray(4096)  # fraglint: ignore["));
}

TEST(IgnoreComments, MayStandInsideBrackets) {
  EXPECT_THAT(
      silencedText(kHead + "while True:\n    uart.write(\n        bytearray(4096),\n    )\n"),
      HasSubstr("        bytearray(4096),  # fraglint: ignore["));
}

TEST(IgnoreComments, LeaveWhatCannotBeSilenced) {
  Silenced broken = silence("import board\nx = = 1\n");
  EXPECT_EQ(0U, broken.added);
  EXPECT_THAT(broken.left, testing::ElementsAre("FRG001"));
  Silenced fault = silence("import board\nx = 1  # fraglint: ignore[FRG103] no need\n");
  EXPECT_EQ(0U, fault.added);
  EXPECT_THAT(fault.left, testing::ElementsAre("FRG003"));
}

TEST(IgnoreComments, ReasonsAreWordsOfTheFilesOwnEncoding) {
  Settings settings = Settings::defaults();
  std::string code = "# coding: latin-1\nimport board\nuart = board.UART()\nwhile True:\n"
                     "    line = bytearray(4096)\n    uart.readinto(line)\n";
  auto file = llvm::cantFail(SourceFile::decode("no such folder/code.py", code));
  auto relint = [&](const std::shared_ptr<const SourceFile> &next) {
    return lintFile(next, settings);
  };
  auto done = silenceFile(file, relint(file), settings, "日本", relint);
  ASSERT_FALSE(bool(done));
  EXPECT_THAT(llvm::toString(done.takeError()), HasSubstr("no such folder/code.py"));
}

} // namespace
} // namespace fraglint
