#pragma once
/// `checkstyle`: the XML of Checkstyle, which many tools of continuous integration read.

#include "report/reporter.h"

namespace fraglint {

class CheckstyleReporter : public Reporter {
public:
  CheckstyleReporter(llvm::raw_ostream &os, const ReportOptions &options);

  void file(const FileResult &result) override;
  void finish() override;

private:
  llvm::raw_ostream &os_;
  Severity level_;
};

} // namespace fraglint
