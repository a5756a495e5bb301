#include "heap/target.h"
#include "report/sample.h"

#include "llvm/Support/JSON.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace fraglint {
namespace {

using llvm::json::Array;
using llvm::json::Object;
using llvm::json::Value;

Object parsed(const std::vector<FileResult> &results, const ReportOptions &options = {}) {
  llvm::Expected<Value> value = llvm::json::parse(sample::report("json", results, options));
  if (!value) {
    ADD_FAILURE() << llvm::toString(value.takeError());
    return {};
  }
  EXPECT_NE(value->getAsObject(), nullptr);
  return *value->getAsObject();
}

/// The only finding of the only file.
Object parsedFinding(Diagnostic diagnostic) {
  Object report = parsed({sample::result({std::move(diagnostic)})});
  EXPECT_EQ(report.getArray("findings")->size(), 1U);
  return *report.getArray("findings")->front().getAsObject();
}

TEST(JsonReporter, WritesEveryFieldOfAFinding) {
  auto file = sample::source("温 = [1]\r\nb = [\r\n]\r\n", "lib/a.py");
  Diagnostic diagnostic = sample::finding(sample::at(file, "[1]"), "say \"温\"\n");
  diagnostic.cost = ByteFigure::of({16, 32});
  diagnostic.notes.push_back({sample::at(file, "[\r\n]"), "here"});
  diagnostic.notes.push_back({sample::at(sample::source("x\n", "b.py"), "x"), "there"});
  diagnostic.fix = Fix{"Do it", Applicability::Safe, {}};
  diagnostic.fix->edits.push_back({sample::at(file, "[\r\n]").range, "()"});
  diagnostic.fix->edits.push_back({{0, 0}, "import gc\r\n"});
  EXPECT_EQ(
      parsedFinding(diagnostic),
      (Object{
          {"code", "FRG103"},
          {"name", "buffer-in-loop"},
          {"severity", "warning"},
          {"message", "say \"温\"\n"},
          {"path", "lib/a.py"},
          {"line", 1},
          {"column", 5},
          {"end_line", 1},
          {"end_column", 8},
          {"cost", Object{{"lo", 16}, {"hi", 32}, {"tag", "bounded"}}},
          {"notes",
           Array{Object{{"path", "lib/a.py"}, {"line", 2}, {"column", 5}, {"message", "here"}},
                 Object{{"path", "b.py"}, {"line", 1}, {"column", 1}, {"message", "there"}}}},
          {"fix", Object{{"title", "Do it"},
                         {"applicability", "safe"},
                         {"edits", Array{Object{{"line", 2},
                                                {"column", 5},
                                                {"end_line", 3},
                                                {"end_column", 2},
                                                {"replacement", "()"}},
                                         Object{{"line", 1},
                                                {"column", 1},
                                                {"end_line", 1},
                                                {"end_column", 1},
                                                {"replacement", "import gc\r\n"}}}}}},
      }));
}

TEST(JsonReporter, WritesNullWhereThereIsNothing) {
  auto file = sample::source("a");
  Object finding = parsedFinding(sample::finding(sample::at(file, "a"), "m", Severity::Error));
  EXPECT_EQ(finding.size(), 12U) << "a field that is missing reads as null, too";
  EXPECT_EQ(*finding.get("cost"), Value(nullptr));
  EXPECT_EQ(*finding.get("fix"), Value(nullptr));
  EXPECT_EQ(*finding.get("notes"), Value(Array{}));
  EXPECT_EQ(finding.getString("severity"), "error");
}

TEST(JsonReporter, ABoundThatIsMissingIsNull) {
  Diagnostic diagnostic = sample::finding(sample::at(sample::source("a"), "a"), "m");
  diagnostic.cost = ByteFigure::of(Interval::atLeast(int64_t{1} << 60));
  EXPECT_EQ(*parsedFinding(diagnostic).getObject("cost"),
            (Object{{"lo", int64_t{1} << 60}, {"hi", nullptr}, {"tag", "at-least"}}));
  diagnostic.cost = ByteFigure::of(Interval::unknown());
  EXPECT_EQ(*parsedFinding(diagnostic).getObject("cost"),
            (Object{{"lo", nullptr}, {"hi", nullptr}, {"tag", "unknown"}}));
}

TEST(JsonReporter, CountsFiles) {
  auto file = sample::source("a");
  FileResult known = sample::quiet();
  known.suppressed = {
      {sample::finding(sample::at(file, "a"), "m"), SuppressionKind::Baseline, ""},
      {sample::finding(sample::at(file, "a"), "m", Severity::Note), SuppressionKind::Baseline, ""},
      {sample::finding(sample::at(file, "a"), "m"), SuppressionKind::Comment, ""}};
  EXPECT_EQ(parsed({sample::quiet(), sample::quiet(FileStatus::NotFirmware),
                    sample::quiet(FileStatus::NotFirmware), sample::quiet(FileStatus::Skipped),
                    sample::result({sample::finding(sample::at(file, "a"), "m", Severity::Note)}),
                    known}),
            (Object{{"schema", "fraglint-check/1"},
                    {"target", nullptr},
                    {"findings", Array{}},
                    {"known", 1},
                    {"files", 6},
                    {"not_firmware", 2},
                    {"skipped", 1}}));
}

TEST(JsonReporter, FindingsOfAllFilesAreInOneList) {
  auto file = sample::source("a b");
  Diagnostic diagnostic = sample::finding(sample::at(file, "a"), "m");
  FileResult two = sample::result({diagnostic, diagnostic});
  Object report = parsed({two, sample::quiet(), two}, {.level = Severity::Note});
  EXPECT_EQ(report.getArray("findings")->size(), 4U);
}

TEST(JsonReporter, NamesTheTargetThatAllAnalysedFilesShare) {
  const Target *pico = findTarget("circuitpython/raspberry_pi_pico");
  const Target *microbit = findTarget("micropython/microbit");
  FileResult onPico = sample::quiet(FileStatus::Analysed, pico);
  FileResult onMicrobit = sample::quiet(FileStatus::Analysed, microbit);
  FileResult desktop = sample::quiet(FileStatus::NotFirmware);
  EXPECT_EQ(parsed({onPico, desktop, onPico}).getString("target"),
            "circuitpython/raspberry_pi_pico");
  EXPECT_EQ(*parsed({onPico, onMicrobit, onPico}).get("target"), Value(nullptr));
  EXPECT_EQ(*parsed({onMicrobit, onPico, onPico}).get("target"), Value(nullptr));
  EXPECT_EQ(*parsed({}).get("target"), Value(nullptr));
}

TEST(JsonReporter, TheTargetStandsAtTheTop) {
  EXPECT_THAT(sample::report("json", {}),
              testing::StartsWith(R"({"schema":"fraglint-check/1","target":null,"findings":[])"));
}

TEST(JsonReporter, APathThatIsNotUtf8IsStillJson) {
  Diagnostic diagnostic = sample::finding(sample::at(sample::source("a", "\xff.py"), "a"), "m");
  EXPECT_EQ(parsedFinding(diagnostic).getString("path"), "\xEF\xBF\xBD.py");
}

} // namespace
} // namespace fraglint
