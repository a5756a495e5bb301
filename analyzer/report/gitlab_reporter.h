#pragma once
/// `gitlab`: a Code Quality report, which GitLab shows in merge requests.

#include "report/reporter.h"

#include "llvm/Support/JSON.h"

namespace fraglint {

class GitlabReporter : public Reporter {
public:
  GitlabReporter(llvm::raw_ostream &os, const ReportOptions &options)
      : os_(os), level_(options.level) {}

  void file(const FileResult &result) override;
  void finish() override;

private:
  llvm::raw_ostream &os_;
  Severity level_;
  llvm::json::Array issues_;
};

} // namespace fraglint
