// gitlab, rdjson, sarif, azure and jsonl: what review tools of forges read.

#include "report/sample.h"

#include "llvm/Support/JSON.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace fraglint {
namespace {

using llvm::json::Array;
using llvm::json::Object;
using llvm::json::Value;

Value parsed(llvm::StringRef format, const std::vector<FileResult> &results) {
  llvm::Expected<Value> value = llvm::json::parse(sample::report(format, results));
  if (value)
    return std::move(*value);
  ADD_FAILURE() << format.str() << ": " << llvm::toString(value.takeError());
  return nullptr;
}

Diagnostic withNoteAndFix() {
  auto file = sample::source("x = 0\n温 = [1]\n", "lib/a b.py");
  Diagnostic diagnostic = sample::finding(sample::at(file, "[1]"), "m");
  diagnostic.notes.push_back({sample::at(file, "x"), "here"});
  diagnostic.fix = Fix{"Do it", Applicability::Safe, {}};
  diagnostic.fix->edits.push_back({sample::at(file, "[1]").range, "()"});
  return diagnostic;
}

std::vector<std::string> gitlabFingerprints(llvm::StringRef code,
                                            const std::vector<llvm::StringRef> &parts) {
  auto file = sample::source(code);
  std::vector<Diagnostic> findings;
  findings.reserve(parts.size());
  for (llvm::StringRef part : parts)
    findings.push_back(sample::finding(sample::at(file, part), "m"));
  std::vector<std::string> prints;
  Value report = parsed("gitlab", {sample::result(std::move(findings))});
  for (const Value &one : *report.getAsArray())
    prints.push_back(one.getAsObject()->getString("fingerprint")->str());
  return prints;
}

TEST(GitlabReporter, WritesWhatCodeQualityAsksFor) {
  Value report = parsed("gitlab", {sample::result({withNoteAndFix()}), sample::quiet()});
  ASSERT_EQ(report.getAsArray()->size(), 1U);
  const Object &issue = *report.getAsArray()->front().getAsObject();
  EXPECT_EQ(issue.getString("description"), "m");
  EXPECT_EQ(issue.getString("check_name"), "FRG103");
  EXPECT_EQ(issue.getString("severity"), "minor");
  EXPECT_EQ(issue.getString("fingerprint")->size(), 16U);
  EXPECT_EQ(*issue.getObject("location"),
            (Object{{"path", "lib/a b.py"}, {"lines", Object{{"begin", 2}, {"end", 2}}}}));
  EXPECT_EQ(parsed("gitlab", {sample::quiet()}), Value(Array{}));
}

TEST(Fingerprint, StaysWhereCodeMovesAround) {
  auto before = gitlabFingerprints("a = [1]\n", {"[1]"});
  EXPECT_EQ(before, gitlabFingerprints("# new\nif x:\n    a  =  [1]\n", {"[1]"}));
  EXPECT_NE(before, gitlabFingerprints("b = [1]\n", {"[1]"}));
}

TEST(Fingerprint, TellsLinesOfTheSameTextApart) {
  auto prints = gitlabFingerprints("a = [1]\na = [1] \n", {"a = [1]\n", "a = [1] \n"});
  ASSERT_EQ(prints.size(), 2U);
  EXPECT_NE(prints[0], prints[1]);
}

TEST(RdjsonReporter, CountsColumnsInBytesAndSuggestsFixes) {
  Value report = parsed("rdjson", {sample::result({withNoteAndFix()})});
  const Object &finding = *report.getAsObject()->getArray("diagnostics")->front().getAsObject();
  Value range = Object{{"start", Object{{"line", 2}, {"column", 7}}},
                       {"end", Object{{"line", 2}, {"column", 10}}}};
  EXPECT_EQ(*finding.getObject("location"), (Object{{"path", "lib/a b.py"}, {"range", range}}));
  EXPECT_EQ(finding.getString("severity"), "WARNING");
  EXPECT_EQ(*finding.getArray("suggestions"), (Array{Object{{"range", range}, {"text", "()"}}}));
  EXPECT_EQ(finding.getArray("related_locations")->size(), 1U);
}

TEST(SarifReporter, WritesWhatCodeScanningShows) {
  Value report = parsed("sarif", {sample::result({withNoteAndFix()})});
  const Object &run = *report.getAsObject()->getArray("runs")->front().getAsObject();
  const Object &driver = *run.getObject("tool")->getObject("driver");
  EXPECT_GE(driver.getArray("rules")->size(), 10U);
  EXPECT_EQ(run.getString("columnKind"), "unicodeCodePoints");
  const Object &result = *run.getArray("results")->front().getAsObject();
  EXPECT_EQ(result.getString("ruleId"), "FRG103");
  EXPECT_EQ(result.getString("level"), "warning");
  Object place{
      {"physicalLocation",
       Object{{"artifactLocation", Object{{"uri", "lib/a%20b.py"}, {"uriBaseId", "%SRCROOT%"}}},
              {"region",
               Object{{"startLine", 2}, {"startColumn", 5}, {"endLine", 2}, {"endColumn", 8}}}}}};
  EXPECT_EQ(*result.getArray("locations"), (Array{std::move(place)}));
  const Object &flow = *result.getArray("codeFlows")->front().getAsObject();
  const Object &thread = *flow.getArray("threadFlows")->front().getAsObject();
  EXPECT_EQ(thread.getArray("locations")->size(), 2U); // the note, then the finding
  const Object &fix = *result.getArray("fixes")->front().getAsObject();
  EXPECT_EQ(*fix.getObject("description"), (Object{{"text", "Do it"}}));
  EXPECT_NE(result.getObject("partialFingerprints")->getString("primaryLocationLineHash"),
            std::nullopt);
}

TEST(SarifReporter, EveryRuleOfAResultIsInTheListWhereItSays) {
  Value report = parsed("sarif", {});
  const Object &run = *report.getAsObject()->getArray("runs")->front().getAsObject();
  EXPECT_TRUE(run.getArray("results")->empty());
  for (const Value &one : *run.getObject("tool")->getObject("driver")->getArray("rules")) {
    const Object &rule = *one.getAsObject();
    EXPECT_TRUE(rule.getString("id")->starts_with("FRG"));
    EXPECT_FALSE(rule.getObject("help")->getString("markdown")->empty())
        << rule.getString("id")->str();
  }
}

TEST(AzureReporter, EncodesWhatWouldEndTheCommand) {
  auto file = sample::source("a\n", "a;b].py");
  EXPECT_EQ(
      sample::report("azure", {sample::result({sample::finding(sample::at(file, "a"), "1%\n2")})}),
      "##vso[task.logissue type=warning;sourcepath=a%3Bb%5D.py;linenumber=1;columnnumber=1;"
      "code=FRG103;]1%AZP25%0A2\n");
}

TEST(JsonlReporter, WritesALineForEachFinding) {
  auto file = sample::source("a\n");
  std::string text =
      sample::report("jsonl", {sample::result({sample::finding(sample::at(file, "a"), "1\n2"),
                                               sample::finding(sample::at(file, "a"), "3")})});
  llvm::SmallVector<llvm::StringRef> lines;
  llvm::StringRef(text).split(lines, '\n', -1, /*KeepEmpty=*/false);
  ASSERT_EQ(lines.size(), 2U);
  for (llvm::StringRef line : lines)
    EXPECT_EQ(llvm::cantFail(llvm::json::parse(line)).getAsObject()->getString("code"), "FRG103");
}

} // namespace
} // namespace fraglint
