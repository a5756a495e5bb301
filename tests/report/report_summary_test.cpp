#include "report/report_summary.h"

#include "report/sample.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace fraglint {
namespace {

using testing::ElementsAre;

/// A result with so many errors, warnings, notes.
FileResult with(int errors, int warnings, int notes) {
  auto file = sample::source("a\n");
  std::vector<Diagnostic> diagnostics;
  auto add = [&](int count, Severity severity) {
    for (; count > 0; --count)
      diagnostics.push_back(sample::finding({file, {0, 1}}, "m", severity));
  };
  add(errors, Severity::Error);
  add(warnings, Severity::Warning);
  add(notes, Severity::Note);
  return sample::result(std::move(diagnostics));
}

ReportSummary summary(const std::vector<FileResult> &results, Severity level = Severity::Note) {
  ReportSummary result(level);
  for (const FileResult &each : results)
    result.add(each);
  return result;
}

TEST(ReportSummary, CountsBySeverity) {
  EXPECT_EQ(summary({with(1, 0, 0)}).line(), "Found 1 error in 1 file.");
  EXPECT_EQ(summary({with(0, 2, 1), with(0, 1, 0)}).line(),
            "Found 3 warnings and 1 note in 2 files.");
  EXPECT_EQ(summary({with(1, 1200, 2), sample::quiet()}).line(),
            "Found 1 error, 1,200 warnings and 2 notes in 1 of 2 files.");
}

TEST(ReportSummary, SaysWhatWasNotLookedAt) {
  std::vector<FileResult> results = {with(0, 1, 0), sample::quiet(FileStatus::NotFirmware),
                                     sample::quiet(FileStatus::NotFirmware), with(1, 0, 0)};
  results.back().status = FileStatus::Skipped;
  EXPECT_THAT(summary(results).sentences(),
              ElementsAre("Found 1 error and 1 warning in 2 of 4 files.",
                          "2 files are not firmware, 1 file was skipped."));
}

TEST(ReportSummary, CountsWhatTheLevelHides) {
  EXPECT_THAT(summary({with(0, 1, 2)}, Severity::Warning).sentences(),
              ElementsAre("Found 1 warning in 1 file.",
                          "2 notes are hidden: see them with `--level note`."));
  EXPECT_THAT(summary({with(0, 1, 2)}, Severity::Error).sentences(),
              ElementsAre("All clean: 1 file checked.",
                          "3 findings are hidden: see them with `--level note`."));
}

TEST(ReportSummary, CountsFixesOfWhatIsShown) {
  FileResult result = with(0, 3, 1);
  result.diagnostics[0].fix = Fix{"f", Applicability::Unsafe, {}};
  result.diagnostics[3].fix = Fix{"f", Applicability::Safe, {}};
  EXPECT_EQ(summary({result}, Severity::Warning).sentences().back(),
            "1 finding can be fixed by `--unsafe-fixes`.");
  EXPECT_EQ(summary({result}).sentences().back(),
            "1 finding can be fixed by `--fix`, 1 more by `--unsafe-fixes`.");
  result.diagnostics[0].fix->applicability = Applicability::Safe;
  EXPECT_EQ(summary({result}).sentences().back(), "2 findings can be fixed by `--fix`.");
}

TEST(ReportSummary, SaysWhatWasFixed) {
  FileResult result = sample::quiet();
  result.fixesDone = 2;
  EXPECT_THAT(summary({result}).sentences(),
              ElementsAre("2 findings were fixed.", "All clean: 1 file checked."));
}

TEST(ReportSummary, SaysWhenThereWasNothingToCheck) {
  EXPECT_EQ(summary({}).line(), "No Python files were found.");
  EXPECT_EQ(summary({sample::quiet(FileStatus::NotFirmware)}).line(),
            "Nothing was checked. 1 file is not firmware.");
}

} // namespace
} // namespace fraglint
