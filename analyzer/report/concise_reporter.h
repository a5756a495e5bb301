#pragma once
/// `concise`: one line for each finding, for pipes and editors.

#include "report/report_summary.h"
#include "report/reporter.h"

namespace fraglint {

class ConciseReporter : public Reporter {
public:
  ConciseReporter(llvm::raw_ostream &os, const ReportOptions &options);

  void file(const FileResult &result) override;
  void finish() override;

private:
  llvm::raw_ostream &os_;
  Severity level_;
  ReportSummary summary_;
};

} // namespace fraglint
