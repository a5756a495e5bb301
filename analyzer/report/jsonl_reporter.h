#pragma once
/// `jsonl`: one finding a line, as the objects in `findings` of `json`.

#include "report/reporter.h"

namespace fraglint {

class JsonlReporter : public Reporter {
public:
  JsonlReporter(llvm::raw_ostream &os, const ReportOptions &options)
      : os_(os), level_(options.level) {}

  void file(const FileResult &result) override;
  void finish() override {}

private:
  llvm::raw_ostream &os_;
  Severity level_;
};

} // namespace fraglint
