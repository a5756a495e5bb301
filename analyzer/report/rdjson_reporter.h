#pragma once
/// `rdjson`: Reviewdog's Diagnostic Format, with fixes as suggestions.

#include "report/reporter.h"

#include "llvm/Support/JSON.h"

namespace fraglint {

class RdjsonReporter : public Reporter {
public:
  RdjsonReporter(llvm::raw_ostream &os, const ReportOptions &options)
      : os_(os), level_(options.level) {}

  void file(const FileResult &result) override;
  void finish() override;

private:
  llvm::raw_ostream &os_;
  Severity level_;
  llvm::json::Array diagnostics_;
};

} // namespace fraglint
