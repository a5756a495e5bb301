#pragma once
/// What the closing lines of a report for people say.

#include "lint/linter.h"

#include <cstdint>
#include <string>
#include <vector>

namespace fraglint {

class ReportSummary {
public:
  explicit ReportSummary(Severity level) : level_(level) {}

  void add(const FileResult &result);

  /// Whether nothing at all was shown.
  bool isClean() const { return errors_ + warnings_ + notes_ == 0; }
  /// Whole sentences: what was found where, what was not looked at, what is hidden and how to
  /// see it, what can be fixed and how.
  std::vector<std::string> sentences() const;
  /// All sentences on one line.
  std::string line() const;

private:
  void add(const Diagnostic &diagnostic);
  std::string found() const;
  std::string known() const;
  std::string notAnalysed() const;
  std::string hidden() const;
  std::string fixable() const;

  Severity level_;
  uint64_t errors_ = 0;
  uint64_t warnings_ = 0;
  uint64_t notes_ = 0;
  uint64_t hidden_ = 0;
  uint64_t safeFixes_ = 0;
  uint64_t unsafeFixes_ = 0;
  uint64_t fixesDone_ = 0;
  uint64_t ignoresAdded_ = 0;
  uint64_t known_ = 0;
  uint64_t files_ = 0;
  uint64_t filesWithFindings_ = 0;
  uint64_t notFirmware_ = 0;
  uint64_t skipped_ = 0;
};

/// What a person gives on the command line to have a fix done.
llvm::StringRef fixFlag(Applicability applicability);

/// How many findings of a file a baseline hides that the level would show.
uint64_t knownCount(const FileResult &result, Severity level);

} // namespace fraglint
