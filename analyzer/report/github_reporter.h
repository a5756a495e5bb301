#pragma once
/// `github`: workflow commands, which GitHub shows as annotations in a pull request.

#include "report/reporter.h"

namespace fraglint {

class GithubReporter : public Reporter {
public:
  GithubReporter(llvm::raw_ostream &os, const ReportOptions &options)
      : os_(os), level_(options.level) {}

  void file(const FileResult &result) override;
  void finish() override {}

private:
  void annotation(const Diagnostic &diagnostic);

  llvm::raw_ostream &os_;
  Severity level_;
};

} // namespace fraglint
