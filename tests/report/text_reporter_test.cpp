#include "report/sample.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace fraglint {
namespace {

using sample::at;
using sample::finding;
using sample::source;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

/// The report on one finding with a short message, without the closing summary.
std::string excerpt(Location location, const ReportOptions &options = {}) {
  std::string text =
      sample::report("text", {sample::result({finding(std::move(location), "m")})}, options);
  return text.substr(0, text.find("\n\n") + 1);
}

TEST(TextReporter, ShowsAFindingWithAllThatBelongsToIt) {
  auto file = source("import board\n"
                     "\n"
                     "while True:\n"
                     "    frame = bytearray(2048)\n"
                     "    uart.readinto(frame)\n");
  Diagnostic diagnostic =
      finding(at(file, "bytearray(2048)"),
              "this bytearray is made anew on every pass of this loop and is garbage when the pass "
              "ends: exactly 2,064 bytes each time. Make it once before the loop");
  diagnostic.notes.push_back({at(file, "while True:"), "the loop is here"});
  diagnostic.notes.push_back({at(file, "uart.readinto(frame)"), "it is filled in place here"});
  diagnostic.fix = Fix{"Make it once, before the loop", Applicability::Unsafe, {}};
  EXPECT_EQ(
      sample::report("text", {sample::result({diagnostic})}),
      R"(code.py:4:13: warning: this bytearray is made anew on every pass of this loop and is garbage when
    the pass ends: exactly 2,064 bytes each time. Make it once before the loop
    [FRG103 buffer-in-loop]
   4 |     frame = bytearray(2048)
     |             ^^^^^^^^^^^^^^^
code.py:3:1: note: the loop is here
   3 | while True:
     | -----------
code.py:5:5: note: it is filled in place here
   5 |     uart.readinto(frame)
     |     --------------------
help: Make it once, before the loop (`--unsafe-fixes` does it)

Found 1 warning in 1 file.
1 finding can be fixed by `--unsafe-fixes`.
)");
}

TEST(TextReporter, PlacesCaretsUnderTabsWideAndCombiningCharacters) {
  EXPECT_EQ(excerpt(at(source("\tbuf = []\n"), "[]")),
            "code.py:1:8: warning: m [FRG103 buffer-in-loop]\n"
            "   1 |     buf = []\n"
            "     |           ^^\n");
  EXPECT_EQ(excerpt(at(source("s = '温度' + [1]\n"), "[1]")),
            "code.py:1:12: warning: m [FRG103 buffer-in-loop]\n"
            "   1 | s = '温度' + [1]\n"
            "     |              ^^^\n");
  EXPECT_EQ(excerpt(at(source("s = 'e\xCC\x81' + [1]\n"), "[1]")),
            "code.py:1:12: warning: m [FRG103 buffer-in-loop]\n"
            "   1 | s = 'e\xCC\x81' + [1]\n"
            "     |           ^^^\n");
}

TEST(TextReporter, LineEndsAreNoPartOfLines) {
  EXPECT_EQ(excerpt(at(source("a = 1\r\nb = [2]\r\n"), "[2]\r\n")),
            "code.py:2:5: warning: m [FRG103 buffer-in-loop]\n"
            "   2 | b = [2]\n"
            "     |     ^^^\n");
  EXPECT_EQ(excerpt(at(source("a = 1\rb = [2]\r"), "[2]")),
            "code.py:2:5: warning: m [FRG103 buffer-in-loop]\n"
            "   2 | b = [2]\n"
            "     |     ^^^\n");
}

TEST(TextReporter, PointsAtTheEndOfAFile) {
  auto file = source("x = (");
  EXPECT_EQ(excerpt({file, {5, 5}}), "code.py:1:6: warning: m [FRG103 buffer-in-loop]\n"
                                     "   1 | x = (\n"
                                     "     |      ^\n");
  EXPECT_EQ(excerpt({source("x = (\n"), {6, 6}}),
            "code.py:2:1: warning: m [FRG103 buffer-in-loop]\n"
            "   2 |\n"
            "     | ^\n");
}

TEST(TextReporter, AFileWithoutTextHasNoExcerpt) {
  EXPECT_EQ(excerpt({source(""), {0, 0}}), "code.py:1:1: warning: m [FRG103 buffer-in-loop]\n");
}

TEST(TextReporter, ARangeOfSeveralLinesIsMarkedOnEach) {
  auto file = source("x = 0\n"
                     "    frame = bytearray(\n"
                     "        2048,\n"
                     "\n"
                     "    )\n");
  EXPECT_EQ(excerpt(at(file, "bytearray(\n        2048,\n\n    )")),
            "code.py:2:13: warning: m [FRG103 buffer-in-loop]\n"
            "   2 |     frame = bytearray(\n"
            "     |             ^^^^^^^^^^\n"
            "   3 |         2048,\n"
            "     |         ^^^^^\n"
            "   4 |\n"
            "   5 |     )\n"
            "     |     ^\n");
}

TEST(TextReporter, OfALongRangeTheMiddleIsLeftOut) {
  auto file = source("a = [\n 1,\n 2,\n 3,\n 4,\n]\n");
  EXPECT_EQ(excerpt(at(file, file->text().drop_front(4))),
            "code.py:1:5: warning: m [FRG103 buffer-in-loop]\n"
            "   1 | a = [\n"
            "     |     ^\n"
            "   2 |  1,\n"
            "     |  ^^\n"
            " ... |\n"
            "   6 | ]\n"
            "     | ^\n");
}

TEST(TextReporter, ExcerptsOfAFindingShareTheirGutter) {
  auto file = source("first\n" + std::string(12'344, '\n') + "last\n");
  Diagnostic diagnostic = finding(at(file, "first"), "m");
  diagnostic.notes.push_back({at(file, "last"), "n"});
  EXPECT_THAT(sample::report("text", {sample::result({diagnostic})}),
              StartsWith("code.py:1:1: warning: m [FRG103 buffer-in-loop]\n"
                         "    1 | first\n"
                         "      | ^^^^^\n"
                         "code.py:12346:1: note: n\n"
                         "12346 | last\n"
                         "      | ----\n"));
}

TEST(TextReporter, ANoteMayBeInAnotherFile) {
  Diagnostic diagnostic = finding(at(source("import lib\n"), "lib"), "m");
  diagnostic.notes.push_back({at(source("x = []\n", "lib/lib.py"), "[]"), "made here"});
  EXPECT_THAT(sample::report("text", {sample::result({diagnostic})}),
              HasSubstr("lib/lib.py:1:5: note: made here\n"
                        "   1 | x = []\n"
                        "     |     --\n"));
}

TEST(TextReporter, AHostileFileSendsNothingToTheTerminal) {
  auto file = source("x = '\x1b]0;owned\x07' + [1]\n", "a\x1b[31m\n.py");
  Diagnostic diagnostic = finding(at(file, "[1]"), "what \x1b[2J is");
  diagnostic.notes.push_back({at(file, "x"), "note \x1b[2J"});
  diagnostic.fix = Fix{"title \x1b[2J", Applicability::Safe, {}};
  std::string text = sample::report("text", {sample::result({diagnostic})});
  EXPECT_THAT(text, Not(HasSubstr("\x1b")));
  EXPECT_THAT(text, Not(HasSubstr("\x07")));
  EXPECT_THAT(text, StartsWith("a<U+001B>[31m<U+000A>.py:1:20: warning: what <U+001B>[2J is "
                               "[FRG103 buffer-in-loop]\n"
                               "   1 | x = '<U+001B>]0;owned<U+0007>' + [1]\n"
                               "     |                                  ^^^\n"));
}

TEST(TextReporter, NothingIsWiderThanAsked) {
  auto file = source("values = [" + std::string(200, '1') + "]\n");
  EXPECT_EQ(excerpt(at(file, "]"), {.width = 40}), "code.py:1:211: warning: m\n"
                                                   "    [FRG103 buffer-in-loop]\n"
                                                   "   1 | ...11111111111111111111111111]\n"
                                                   "     |                              ^\n");
}

TEST(TextReporter, ColoursOnlyWhereAsked) {
  Diagnostic diagnostic = finding(at(source("a\n"), "a"), "m", Severity::Error);
  std::vector<FileResult> results = {sample::result({diagnostic})};
  EXPECT_THAT(sample::report("text", results), Not(HasSubstr("\x1b")));
  EXPECT_THAT(sample::report("text", results, {.colour = true}),
              StartsWith("\x1b[1mcode.py:1:1:\x1b[0m \x1b[1;31merror:\x1b[0m m "
                         "[\x1b[35mFRG103\x1b[0m buffer-in-loop]\n"
                         "\x1b[34m   1 |\x1b[0m a\n"
                         "\x1b[34m     |\x1b[0m \x1b[1;31m^\x1b[0m\n"));
}

TEST(TextReporter, ColoursDoNotChangeWhereLinesBreak) {
  std::string message(95, 'm');
  auto file = source("a\n");
  std::vector<FileResult> results = {sample::result({finding(at(file, "a"), message)})};
  std::string coloured = sample::report("text", results, {.colour = true, .hyperlinks = true});
  for (size_t at = coloured.find('\x1b'); at != std::string::npos; at = coloured.find('\x1b'))
    coloured.erase(at, coloured.find('m', at) + 1 - at);
  EXPECT_EQ(coloured, sample::report("text", results));
}

TEST(TextReporter, LinksTheRulesAddressWhereAsked) {
  Diagnostic diagnostic = finding(at(source("a\n"), "a"), "m");
  std::vector<FileResult> results = {sample::result({diagnostic})};
  EXPECT_THAT(sample::report("text", results, {.hyperlinks = true}), Not(HasSubstr("\x1b")))
      << "the rule names no address";
  results[0].diagnostics[0].rule = &sample::broken;
  EXPECT_THAT(sample::report("text", results), Not(HasSubstr("\x1b")));
  EXPECT_THAT(
      sample::report("text", results, {.hyperlinks = true}),
      HasSubstr("[\x1b]8;;https://example.org/broken\x1b\\FRG001\x1b]8;;\x1b\\ syntax-error]\n"));
}

TEST(TextReporter, SaysOneFriendlyLineWhenAllIsClean) {
  EXPECT_EQ(sample::report("text", {sample::quiet()}), "All clean: 1 file checked.\n");
  auto file = source("a\n");
  EXPECT_EQ(sample::report("text", {sample::result({finding(at(file, "a"), "m", Severity::Note)}),
                                    sample::quiet(FileStatus::NotFirmware)}),
            "All clean: 1 file checked. 1 file is not firmware. 1 note is hidden: see it with "
            "`--level note`.\n");
}

} // namespace
} // namespace fraglint
