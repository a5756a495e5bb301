#include "lint/linter.h"
#include "lint/rule.h"

#include "llvm/ADT/STLExtras.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace fraglint {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

// Two findings: FRG201 at `picture` in line 4 (notes in lines 3 and 5), FRG103 in line 8 (note in
// line 7). The lines' ends are places for comments.
struct Program {
  std::string header = "", above4 = "", at3 = "", at4 = "", at5 = "", at8 = "";

  std::string text() const {
    return "import board" + header + "\nimport gc\npicture = bytearray(38400)" + at3 + "\n" +
           above4 + "del picture" + at4 + "\nframe = bytearray(38400)" + at5 +
           "\nuart = board.UART()\nwhile True:\n    line = bytearray(2048)" + at8 +
           "\n    uart.readinto(line)\n";
  }
};

FileResult lint(const std::string &code, void (*change)(Settings &) = nullptr) {
  Settings settings = Settings::defaults();
  if (change)
    change(settings);
  return lintFile(llvm::cantFail(SourceFile::decode("no such folder/code.py", code)), settings);
}

std::vector<std::string> codes(const FileResult &result) {
  std::vector<std::string> codes;
  codes.reserve(result.diagnostics.size());
  for (const Diagnostic &diagnostic : result.diagnostics)
    codes.push_back(diagnostic.rule->code.str());
  return codes;
}

std::vector<std::string> codes(const Program &program) { return codes(lint(program.text())); }

/// The messages of FRG003.
std::vector<std::string> faults(const std::string &code, void (*change)(Settings &) = nullptr) {
  std::vector<std::string> messages;
  for (const Diagnostic &diagnostic : lint(code, change).diagnostics)
    if (diagnostic.rule->code == "FRG003")
      messages.push_back(diagnostic.message);
  return messages;
}

/// `code` after the fixes of FRG003 that the first analysis offers.
std::string withoutFaults(const std::string &code) {
  llvm::SmallVector<Edit, 2> edits;
  for (const Diagnostic &diagnostic : lint(code).diagnostics)
    if (diagnostic.rule->code == "FRG003" && diagnostic.fix &&
        !llvm::is_contained(edits, diagnostic.fix->edits[0]))
      edits.push_back(diagnostic.fix->edits[0]);
  return llvm::cantFail(applyEdits(code, edits));
}

TEST(Suppressions, NothingIsSilencedWithoutThem) {
  EXPECT_THAT(codes(Program{}), UnorderedElementsAre("FRG201", "FRG103"));
}

TEST(Suppressions, BehindTheLine) {
  EXPECT_THAT(codes({.at4 = "  # fraglint: ignore[FRG201] reused"}), ElementsAre("FRG103"));
  EXPECT_THAT(codes({.at4 = " # fraglint: ignore[del-without-collect]"}), ElementsAre("FRG103"));
  EXPECT_THAT(codes({.at8 = "  # keep  # fraglint: ignore[FRG103]"}), ElementsAre("FRG201"));
  EXPECT_THAT(codes({.at8 = "  # fraglint: ignore"}), ElementsAre("FRG201"));
  EXPECT_THAT(codes({.at8 = "  # fraglint: ignore[FRG1]"}), ElementsAre("FRG201"));
}

TEST(Suppressions, BesideContracts) {
  EXPECT_THAT(codes({.at4 = "  # fraglint: fixed  # fraglint: ignore[FRG201] reused"}),
              ElementsAre("FRG103"));
  EXPECT_THAT(codes({.at8 = "  # fraglint: ignore[FRG103]  # fraglint: size=2048"}),
              ElementsAre("FRG201"));
  EXPECT_THAT(faults("import board\nx = 1  # fraglint: fixed  # fraglint: ignore[FRG201] no\n"),
              ElementsAre(HasSubstr("not needed")));
  EXPECT_EQ(
      withoutFaults("import board\nx = 1  # fraglint: fixed  # fraglint: ignore[FRG201] no\n"),
      "import board\nx = 1  # fraglint: fixed\n");
}

TEST(Suppressions, AtAnyPlaceOfTheFindingsPath) {
  EXPECT_THAT(codes({.at3 = "  # fraglint: ignore[FRG201]"}), ElementsAre("FRG103"));
  EXPECT_THAT(codes({.at5 = "  # fraglint: ignore[FRG201]"}), ElementsAre("FRG103"));
}

TEST(Suppressions, OnALineAbove) {
  EXPECT_THAT(codes({.above4 = "# fraglint: ignore[FRG201] reused\n"}), ElementsAre("FRG103"));
  EXPECT_THAT(codes({.above4 = "# fraglint: ignore[FRG201]\n\n# more words\n"}),
              ElementsAre("FRG103"));
}

TEST(Suppressions, OfTheFileAndOfLines) {
  EXPECT_THAT(codes({.header = "\n# fraglint: ignore-file[FRG201]"}), ElementsAre("FRG103"));
  EXPECT_THAT(codes({.header = "\n# fraglint: ignore-file"}), IsEmpty());
  EXPECT_THAT(
      codes({.at3 = "\n# fraglint: ignore-start[FRG201]", .at5 = "\n# fraglint: ignore-end"}),
      ElementsAre("FRG103"));
}

TEST(Suppressions, RangesCloseTheLatestOneOrTheOneThatIsNamed) {
  Program nested = {.at3 = "\n# fraglint: ignore-start[FRG201]\n# fraglint: ignore-start[FRG103]",
                    .at5 = "\n# fraglint: ignore-end[FRG201]",
                    .at8 = "\n    # fraglint: ignore-end[FRG103]"};
  EXPECT_THAT(codes(nested), IsEmpty());
}

TEST(Suppressions, Noqa) {
  EXPECT_THAT(codes({.at8 = "  # noqa: FRG103"}), ElementsAre("FRG201"));
  EXPECT_THAT(codes({.at8 = "  # noqa: E501, FRG103"}), ElementsAre("FRG201"));
  EXPECT_THAT(codes({.at8 = "  # noqa"}), ElementsAre("FRG201"));
  EXPECT_THAT(codes({.at4 = "  # noqa: E501"}), UnorderedElementsAre("FRG201", "FRG103"));
  EXPECT_THAT(faults("import board  # noqa\nx = 1  # noqa: E501\n"), IsEmpty());
  EXPECT_THAT(faults("import board  # noqa: FRG201\n"), ElementsAre(HasSubstr("not needed")));
}

TEST(Suppressions, OnTheFirstOrLastLineOfALongStatement) {
  std::string head = "import board\nuart = board.UART()\nwhile True:\n    line = bytearray(",
              tail = "\n    uart.readinto(line)\n";
  EXPECT_THAT(codes(lint(head + "  # fraglint: ignore[FRG103]\n        2048\n    )" + tail)),
              IsEmpty());
  EXPECT_THAT(codes(lint(head + "\n        2048\n    )  # fraglint: ignore[FRG103]" + tail)),
              IsEmpty());
  // What it covers is the header of the loop, not its body; but the header is on the path.
  EXPECT_THAT(codes(lint("import board\nuart = board.UART()\n"
                         "while True:  # fraglint: ignore[FRG103]\n    line = bytearray(2048)" +
                         tail)),
              IsEmpty());
}

TEST(Suppressions, SyntaxErrorsCannotBeSilenced) {
  std::string code = "import board\nx = = 1  # fraglint: ignore[FRG001]\n";
  EXPECT_THAT(codes(lint(code)), testing::Contains("FRG001"));
  EXPECT_THAT(faults(code), ElementsAre("FRG001 (syntax-error) cannot be suppressed"));
}

TEST(SuppressionFaults, UnknownNamesComeWithTheNearest) {
  EXPECT_THAT(faults("import board  # fraglint: ignore[FRG201x]\n"),
              ElementsAre(HasSubstr("`FRG201x` is no rule; did you mean `FRG201`")));
  EXPECT_THAT(faults("import board  # fraglint: ignore[bufer-in-loop]\n"),
              ElementsAre(HasSubstr("did you mean `buffer-in-loop`?")));
  EXPECT_THAT(faults("import board  # fraglint: ingore[FRG201]\n"),
              ElementsAre(HasSubstr("did you mean `ignore`?")));
}

TEST(SuppressionFaults, NotNeeded) {
  EXPECT_THAT(faults("import board  # fraglint: ignore[FRG201] why\n"),
              ElementsAre(HasSubstr("no finding of FRG201 (del-without-collect) here")));
  EXPECT_THAT(faults("import board  # fraglint: ignore\n"),
              ElementsAre(HasSubstr("there is no finding here")));
}

TEST(SuppressionFaults, AreSilentWhereTheRuleDidNotRun) {
  auto only103 = [](Settings &settings) {
    settings.rules.clear();
    for (const char *name : {"buffer-in-loop", "suppression-fault"})
      for (const auto &[rule, severity] : Settings::defaults().rules)
        if (rule->name == name)
          settings.rules.try_emplace(rule);
  };
  EXPECT_THAT(faults("import board  # fraglint: ignore[FRG201]\n", only103), IsEmpty());
  EXPECT_THAT(faults("import board  # fraglint: ignore[FRG103]\n", only103),
              ElementsAre(HasSubstr("not needed")));
  // The finding may be in the part that cannot be read.
  EXPECT_THAT(faults("import board  # fraglint: ignore[FRG201]\nx = = 1\n"), IsEmpty());
}

TEST(SuppressionFaults, Unreadable) {
  EXPECT_THAT(faults("import board  # fraglint: ignore[FRG201\n"),
              ElementsAre(HasSubstr("cannot be read")));
  EXPECT_THAT(faults("import board  # fraglint:\n"), ElementsAre(HasSubstr("cannot be read")));
  EXPECT_THAT(faults("import board  # fraglint: ignore-file[FRG201]\n"),
              ElementsAre(HasSubstr("only on a line of its own")));
}

TEST(SuppressionFaults, RangesWithoutTheirOtherEnd) {
  EXPECT_THAT(faults("import board\n# fraglint: ignore-end\n"),
              ElementsAre(HasSubstr("no `ignore-start`")));
  EXPECT_THAT(faults(Program{.at3 = "\n# fraglint: ignore-start[FRG201]"}.text()),
              ElementsAre(HasSubstr("no `ignore-end`")));
}

TEST(SuppressionFaults, ReasonsWhereTheyAreRequired) {
  auto required = [](Settings &settings) { settings.requireReason = true; };
  EXPECT_THAT(faults(Program{.at4 = "  # fraglint: ignore[FRG201]"}.text(), required),
              ElementsAre(HasSubstr("must say why")));
  EXPECT_THAT(faults(Program{.at4 = "  # fraglint: ignore[FRG201] reused"}.text(), required),
              IsEmpty());
}

TEST(SuppressionFaults, CanBeSilencedByNameOnly) {
  EXPECT_THAT(faults("import board  # fraglint: ignore[FRG201, FRG003]\n"), IsEmpty());
  EXPECT_THAT(
      faults("import board  # fraglint: ignore[FRG201]  \n# fraglint: ignore-file[FRG003]\n"),
      IsEmpty());
  EXPECT_THAT(faults("import board  # fraglint: ignore[ALL]\n"), ElementsAre(HasSubstr("of ALL")));
}

TEST(SuppressionFixes, TakeOutTheCommentAndNothingElse) {
  EXPECT_EQ(withoutFaults("import board  # fraglint: ignore[FRG201] why\nx = 1\n"),
            "import board\nx = 1\n");
  EXPECT_EQ(withoutFaults("import board\r\n    # fraglint: ignore[FRG201]\r\nx = 1\r\n"),
            "import board\r\nx = 1\r\n");
  EXPECT_EQ(withoutFaults("import board  # keep  # fraglint: ignore[FRG201]\n"),
            "import board  # keep\n");
  EXPECT_EQ(withoutFaults("import board  # fraglint: ignore[FRG201]  # type: ignore\n"),
            "import board  # type: ignore\n");
  EXPECT_EQ(withoutFaults("import board # fraglint: ignore[FRG201]"), "import board");
}

TEST(SuppressionFixes, TakeOutOneNameOfSeveral) {
  auto fixed = [](const std::string &comment) {
    std::string text = withoutFaults(Program{.at4 = comment}.text());
    size_t begin = text.find("del picture") + strlen("del picture");
    return text.substr(begin, text.find('\n', begin) - begin);
  };
  EXPECT_EQ(fixed(" # fraglint: ignore[FRG103, FRG201] why"), " # fraglint: ignore[FRG201] why");
  EXPECT_EQ(fixed(" # fraglint: ignore[FRG201, FRG103] why"), " # fraglint: ignore[FRG201] why");
  EXPECT_EQ(fixed(" # noqa: E501,FRG103"), " # noqa: E501");
  EXPECT_EQ(withoutFaults("import board  # fraglint: ignore[FRG201, FRG103]\n"), "import board\n");
}

} // namespace
} // namespace fraglint
