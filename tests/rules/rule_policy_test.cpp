/// What is true of every rule, without its author having written a test.

#include "lint/file_fixer.h"
#include "lint/program_growth.h"
#include "lint/rule_registry.h"
#include "support/analysed.h"
#include "support/corpus_files.h"
#include "support/finding_checks.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Regex.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

namespace fraglint {
namespace {

using testing::ElementsAreArray;
using testing::IsEmpty;
using testing::Not;

bool matches(llvm::StringRef text, llvm::StringRef expression) {
  return llvm::Regex(expression).match(text);
}

/// The stems of the files in rules/, sorted.
std::vector<std::string> stemsOnDisk() {
  std::vector<std::string> stems;
  std::error_code error;
  llvm::sys::fs::directory_iterator file(FRAGLINT_SOURCE_DIR "/rules", error);
  for (llvm::sys::fs::directory_iterator end; !error && file != end; file.increment(error))
    if (llvm::sys::path::extension(file->path()) == ".cpp")
      stems.push_back(llvm::sys::path::stem(file->path()).str());
  llvm::sort(stems);
  return stems;
}

TEST(Rules, AreNamedLikeTheirFiles) {
  std::vector<std::string> stems;
  for (const Rule *rule : allRules())
    stems.push_back(stemOf(*rule));
  EXPECT_THAT(stems, ElementsAreArray(stemsOnDisk()));
}

TEST(Rules, HaveCodesOfTheirOwn) {
  std::set<std::string> codes;
  for (const Rule *rule : allRules())
    EXPECT_TRUE(codes.insert(rule->code.str()).second) << rule->code.str() << " is taken";
}

/// Whether a rule speaks of a change, from its good example to its bad one: no file alone is wrong.
bool isAboutChanges(const Rule &rule) {
  return std::holds_alternative<void (*)(const ProgramGrowth &, RuleContext &)>(rule.check);
}

TEST(Rules, HaveAFolderInTheCorpusAndNoFolderIsLeftOver) {
  std::vector<std::string> stems;
  for (const Rule *rule : allRules())
    if (!isAboutChanges(*rule))
      stems.push_back(stemOf(*rule));
  llvm::sort(stems);
  EXPECT_THAT(ruleFolders(), ElementsAreArray(stems));
}

/// What GoogleTest shows of the parameter.
struct RuleCase {
  const Rule *rule;
  friend std::ostream &operator<<(std::ostream &os, const RuleCase &one) {
    return os << one.rule->name.str();
  }
};

std::vector<RuleCase> everyRule() {
  std::vector<RuleCase> cases;
  for (const Rule *rule : allRules())
    cases.push_back({rule});
  return cases;
}

/// The rules that speak beside another one, of the same loop, none for most. FRG302 is about one
/// long run, and its fix makes many short requests of that; that a loop makes them at all is what
/// FRG301 says in its place. That the loop never collects is what FRG203 says of both.
std::vector<std::string> companionsOf(const Rule &rule) {
  if (rule.code == "FRG302")
    return {"FRG203", "FRG301"};
  return rule.code == "FRG301" ? std::vector<std::string>{"FRG203"} : std::vector<std::string>{};
}

class EveryRule : public testing::TestWithParam<RuleCase> {
protected:
  const Rule &rule() const { return *GetParam().rule; }

  /// An example lies beside the rule's corpus, so that no board's `boot_out.txt` is found.
  std::string examplePath() const {
    return FRAGLINT_SOURCE_DIR "/corpus/rules/" + stemOf(rule()) + "/example.py";
  }
  FileResult lint(llvm::StringRef example) const {
    Settings settings = allFindings();
    if (example.contains("import microbit")) // the board that they are measured on
      settings.target = findTarget("micropython/microbit");
    FileResult result = lintBytes(examplePath(), example, settings);
    if (isAboutChanges(rule()))
      llvm::append_range(
          result.diagnostics,
          growthFindings(result.file,
                         programGrowth(Analysed(rule().good).module, Analysed(example).module,
                                       *findTarget("circuitpython/generic"), EvaluationLimits()),
                         settings));
    return result;
  }
  /// Of what `example` gives, the findings of rules that have no business there.
  std::vector<std::string> foreignFindings(llvm::StringRef example) const {
    std::vector<std::string> texts;
    for (const Diagnostic &finding : lint(example).diagnostics)
      if (finding.rule != &rule() && !isCompanion(*finding.rule))
        texts.push_back(describe(finding));
    return texts;
  }
  bool isCompanion(const Rule &other) const {
    return llvm::is_contained(companionsOf(rule()), other.code);
  }
};

TEST_P(EveryRule, SaysWhatItIs) {
  EXPECT_TRUE(matches(rule().code, "^FRG[0-9]{3}$")) << rule().code.str();
  EXPECT_TRUE(matches(rule().name, "^[a-z][a-z0-9]*(-[a-z0-9]+)*$")) << rule().name.str();
  EXPECT_TRUE(matches(rule().since, "^[0-9]+\\.[0-9]+\\.[0-9]+$")) << rule().since.str();
  EXPECT_FALSE(rule().rationale.trim().empty());
  EXPECT_TRUE(llvm::all_of(rule().references, [](llvm::StringRef one) { return !one.empty(); }));
}

/// What readers who know the firmware would stop at, each with what is true.
constexpr std::pair<llvm::StringLiteral, llvm::StringLiteral> kUntrue[] = {
    {"ever moved", "growing a list, dict or bytearray moves its items; no gap is ever closed"},
    {"Interrupt handlers must not", "soft ones may; hard ones run with the heap locked"},
    {"not its place", "a collection starts the search for room anew at the bottom"},
    {"placed beyond", "the first run that is long enough may lie below as well"},
    {"over the whole heap", "a heap that grows collects before it grows"},
    {"would stop here", "nothing of a file runs that does not compile"},
    {"draw the same.", "the two kinds of label differ in background and outline"},
};

TEST_P(EveryRule, ContradictsNoFirmware) {
  for (const auto &[phrase, truth] : kUntrue)
    EXPECT_FALSE(rule().rationale.contains(phrase)) << phrase.str() << ": " << truth.str();
}

TEST_P(EveryRule, HasASummaryOfOneSentence) {
  llvm::StringRef summary = rule().summary;
  EXPECT_TRUE(matches(summary, "^[A-Z`]")) << "it starts like a sentence";
  EXPECT_FALSE(summary.ends_with(".")) << "it stands in tables, without a final stop";
  EXPECT_FALSE(summary.contains(". ") || summary.contains('\n')) << "it is one sentence";
}

TEST_P(EveryRule, ReportsItsBadExampleAndNoOtherRuleDoes) {
  EXPECT_THAT(lint(rule().bad).diagnostics, Not(IsEmpty())) << rule().bad.str();
  EXPECT_THAT(foreignFindings(rule().bad), IsEmpty());
}

TEST_P(EveryRule, IsSilentOnItsGoodExample) {
  std::vector<std::string> texts;
  FileResult result = lint(rule().good);
  texts.reserve(result.diagnostics.size());
  for (const Diagnostic &finding : result.diagnostics)
    if (!isCompanion(*finding.rule))
      texts.push_back(describe(finding));
  EXPECT_THAT(texts, IsEmpty());
  EXPECT_EQ(result.status, FileStatus::Analysed) << "silent because nobody looked";
}

TEST_P(EveryRule, MendsItsBadExampleAsItDeclares) {
  FileResult result = lint(rule().bad);
  if (rule().fix == FixAvailability::None) {
    for (const Diagnostic &finding : result.diagnostics)
      EXPECT_FALSE(finding.fix) << "the rule declares no fix";
    return;
  }
  Applicability upTo =
      rule().fix == FixAvailability::Safe ? Applicability::Safe : Applicability::Unsafe;
  auto fixed = fixFile(result.file, result, allFindings(), upTo);
  ASSERT_TRUE(bool(fixed)) << llvm::toString(fixed.takeError());
  EXPECT_EQ(fixed->file->text().str(), rule().good.str());
}

TEST_P(EveryRule, FiresSomewhereInItsFolderAndIsSilentElsewhere) {
  if (isAboutChanges(rule()))
    return;
  bool fires = false;
  bool isSilent = false;
  for (const CorpusFile &file : corpusFiles({("rules/" + stemOf(rule()))})) {
    if (file.isFixedForm())
      continue;
    bool expected = file.annotations().expects(rule());
    fires |= expected;
    isSilent |= !expected;
  }
  EXPECT_TRUE(fires) << "no file of its folder in corpus/rules expects it";
  EXPECT_TRUE(isSilent) << "every file of its folder in corpus/rules expects it";
}

std::string nameOfCase(const testing::TestParamInfo<RuleCase> &info) {
  return testNameOf(info.param.rule->name);
}

INSTANTIATE_TEST_SUITE_P(Rules, EveryRule, testing::ValuesIn(everyRule()), nameOfCase);

} // namespace
} // namespace fraglint
