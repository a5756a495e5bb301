/// The teeth of the checks that run on every file: linters with one fault each must be caught.

#include "support/finding_checks.h"

#include "lint/rule.h"
#include "support/corpus_files.h"

#include "llvm/ADT/STLExtras.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace fraglint {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

const Rule kRule = {
    .name = "no-large",
    .code = "FRG900",
    .severity = Severity::Warning,
    .since = "0.1.0",
    .summary = "Says large",
    .rationale = "It is about words",
    .bad = "large\n",
    .good = "small\n",
    .references = {},
    .fix = FixAvailability::Safe,
    .check = static_cast<void (*)(const AllocationSite &, RuleContext &)>(nullptr),
};
const Rule kRuleWithoutFix = {
    .name = "no-large",
    .code = "FRG901",
    .severity = Severity::Warning,
    .since = "0.1.0",
    .summary = "Says large",
    .rationale = "It is about words",
    .bad = "large\n",
    .good = "small\n",
    .references = {},
    .fix = FixAvailability::None,
    .check = static_cast<void (*)(const AllocationSite &, RuleContext &)>(nullptr),
};

/// A linter that reports the word `large`, with a note at the file's first word, and replaces it.
/// Its members make it a bad one.
struct WordLinter {
  const Rule *rule = &kRule;
  std::string word = "large";
  std::string replacement = "small";
  bool heedsSuppressions = true;
  bool silencesAll = false;
  bool readsNotes = true;

  FileResult operator()(llvm::StringRef bytes) const {
    FileResult result;
    result.file = std::make_shared<SourceFile>("x.py", bytes.str(), SourceEncoding::Utf8, false);
    for (size_t at = bytes.find(word); at != bytes.npos; at = bytes.find(word, at + 1))
      if (!isSilenced(*result.file, static_cast<uint32_t>(at)))
        result.diagnostics.push_back(finding(result.file, static_cast<uint32_t>(at)));
    return result;
  }

private:
  static bool hasComment(const SourceFile &file, uint32_t offset) {
    TextRange line = file.lines().lineRange(file.lines().lineAt(offset));
    return file.text().slice(line.begin, line.end).contains("# fraglint: ignore[FRG900]");
  }
  bool isSilenced(const SourceFile &file, uint32_t offset) const {
    return (heedsSuppressions && hasComment(file, offset)) ||
           (readsNotes && heedsSuppressions && hasComment(file, 0)) ||
           (silencesAll && file.text().contains("# fraglint: ignore[FRG900]"));
  }
  Diagnostic finding(const std::shared_ptr<const SourceFile> &file, uint32_t begin) const {
    TextRange range = {begin, begin + static_cast<uint32_t>(word.size())};
    Diagnostic one;
    one.rule = rule;
    one.location = {file, range};
    one.message = "it is " + word;
    Note &note = one.notes.emplace_back();
    note.location = {file, {0, 1}};
    note.message = "the file begins here";
    one.fix = Fix{"Say small", Applicability::Safe, {Edit{range, replacement}}};
    return one;
  }
};

constexpr llvm::StringLiteral kProgram("start\n\nb = large\nc = large\n");

TEST(FindingChecks, AGoodLinterPassesAll) {
  WordLinter lint;
  FileResult result = lint(kProgram);
  ASSERT_THAT(result.diagnostics, SizeIs(2));
  EXPECT_THAT(malformedFindings(result), IsEmpty());
  EXPECT_THAT(disorder(result), IsEmpty());
  EXPECT_THAT(instability(result, kProgram, lint), IsEmpty());
  EXPECT_THAT(fixFaults(result, lint), IsEmpty());
  EXPECT_THAT(suppressionFaults(result, lint), IsEmpty());
  EXPECT_THAT(truncationFaults(kProgram, lint), IsEmpty());
}

TEST(FindingChecks, RangesOutsideTheFile) {
  FileResult result = WordLinter()(kProgram);
  result.diagnostics[0].location.range.end = 1000;
  EXPECT_THAT(malformedFindings(result), ElementsAre(HasSubstr("not inside the file")));
  result.diagnostics[0].location.range = {5, 4};
  EXPECT_THAT(malformedFindings(result), ElementsAre(HasSubstr("not inside the file")));
}

TEST(FindingChecks, NotesAndEditsOutsideTheFile) {
  FileResult result = WordLinter()(kProgram);
  result.diagnostics[0].notes[0].location.range = {900, 901};
  result.diagnostics[1].fix->edits[0].range = {900, 901};
  EXPECT_THAT(malformedFindings(result), SizeIs(2));
}

TEST(FindingChecks, RangesThatCutACharacter) {
  FileResult result = WordLinter{.word = "\xBC"}("f = '\xC3\xBC'\n");
  EXPECT_THAT(malformedFindings(result), Contains(HasSubstr("cuts a character")));
}

TEST(FindingChecks, MessagesWithoutWordsOrWithTooManyLines) {
  FileResult result = WordLinter()(kProgram);
  result.diagnostics[0].message = "";
  result.diagnostics[1].notes[0].message = "two\nlines";
  EXPECT_THAT(malformedFindings(result),
              ElementsAre(HasSubstr("empty"), HasSubstr("more than one line")));
}

TEST(FindingChecks, FindingsOutOfOrderOrTwice) {
  FileResult result = WordLinter()(kProgram);
  std::swap(result.diagnostics[0], result.diagnostics[1]);
  EXPECT_THAT(disorder(result), SizeIs(1));
  result.diagnostics[0] = result.diagnostics[1];
  EXPECT_THAT(disorder(result), SizeIs(1));
}

TEST(FindingChecks, ASecondRunThatSaysSomethingElse) {
  FileResult result = WordLinter()(kProgram);
  WordLinter other = {.replacement = "tiny"};
  EXPECT_THAT(instability(result, kProgram, other), Not(IsEmpty()));
}

TEST(FindingChecks, AFixThatDoesNotHelp) {
  WordLinter lint = {.replacement = "large "};
  EXPECT_THAT(fixFaults(lint("b = large\n"), lint), ElementsAre(HasSubstr("does not remove")));
}

TEST(FindingChecks, AFixThatBreaksTheProgram) {
  WordLinter lint = {.replacement = "a b"};
  EXPECT_THAT(fixFaults(lint("b = large\n"), lint), ElementsAre(HasSubstr("not valid Python")));
}

TEST(FindingChecks, AFixThatCannotBeDone) {
  FileResult result = WordLinter()("b = large\n");
  result.diagnostics[0].fix->edits.push_back(result.diagnostics[0].fix->edits[0]);
  EXPECT_THAT(fixFaults(result, WordLinter()), ElementsAre(HasSubstr("cannot be done")));
}

TEST(FindingChecks, AFixThatItsRuleDoesNotDeclare) {
  WordLinter lint = {.rule = &kRuleWithoutFix};
  EXPECT_THAT(fixFaults(lint("b = large\n"), lint), ElementsAre(HasSubstr("declares no fix")));
  FileResult result = WordLinter()("b = large\n");
  result.diagnostics[0].fix->applicability = Applicability::Unsafe;
  EXPECT_THAT(fixFaults(result, WordLinter()), ElementsAre(HasSubstr("declares its fixes safe")));
}

TEST(FindingChecks, ALinterThatHeedsNoSuppression) {
  WordLinter lint = {.heedsSuppressions = false};
  EXPECT_THAT(suppressionFaults(lint(kProgram), lint), Contains(HasSubstr("not silenced")));
}

TEST(FindingChecks, ALinterThatHeedsNoSuppressionBesideANote) {
  WordLinter lint = {.readsNotes = false};
  EXPECT_THAT(suppressionFaults(lint(kProgram), lint), Contains(HasSubstr("not silenced")));
}

TEST(FindingChecks, ASuppressionThatSilencesMoreThanItsLine) {
  WordLinter lint = {.silencesAll = true};
  EXPECT_THAT(suppressionFaults(lint(kProgram), lint),
              Contains(testing::StartsWith("silenced by")));
}

TEST(FindingChecks, ASuppressionThatBringsFindings) {
  auto lint = [](llvm::StringRef bytes) {
    return WordLinter{.word = bytes.contains("ignore[") ? "start" : "large"}(bytes);
  };
  EXPECT_THAT(suppressionFaults(lint(kProgram), lint), Contains(HasSubstr("new with")));
}

TEST(FindingChecks, ASuppressionBesideALineThatEndsInAString) {
  constexpr llvm::StringLiteral program("start\n\nlarge = '''\n'''\n");
  // The comment can only stand behind the statement, where this linter does not look for it.
  WordLinter lint = {.readsNotes = false};
  EXPECT_THAT(suppressionFaults(lint(program), lint),
              Contains(HasSubstr("not silenced by a suppression in line 4")));
}

TEST(FindingChecks, AFaultThatOnlyACutShows) {
  auto lint = [](llvm::StringRef bytes) {
    FileResult result = WordLinter()(bytes);
    if (bytes.size() < kProgram.size())
      for (Diagnostic &finding : result.diagnostics)
        finding.location.range.end = static_cast<uint32_t>(kProgram.size());
    return result;
  };
  EXPECT_THAT(malformedFindings(lint(kProgram)), IsEmpty());
  EXPECT_THAT(truncationFaults(kProgram, lint), Not(IsEmpty()));
}

} // namespace
} // namespace fraglint
