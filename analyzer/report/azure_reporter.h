#pragma once
/// `azure`: logging commands, which Azure Pipelines shows as issues of a run.

#include "report/reporter.h"

namespace fraglint {

class AzureReporter : public Reporter {
public:
  AzureReporter(llvm::raw_ostream &os, const ReportOptions &options)
      : os_(os), level_(options.level) {}

  void file(const FileResult &result) override;
  void finish() override {}

private:
  llvm::raw_ostream &os_;
  Severity level_;
};

} // namespace fraglint
