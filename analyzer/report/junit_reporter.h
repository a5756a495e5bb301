#pragma once
/// `junit`: the XML of JUnit, where each file is a suite and each finding a test that failed.

#include "report/reporter.h"

#include <cstdint>
#include <string>

namespace fraglint {

class JunitReporter : public Reporter {
public:
  JunitReporter(llvm::raw_ostream &os, const ReportOptions &options)
      : os_(os), level_(options.level) {}

  void file(const FileResult &result) override;
  void finish() override;

private:
  llvm::raw_ostream &os_;
  Severity level_;
  std::string suites_; ///< held until the number of tests, which stands in front, is known
  uint64_t tests_ = 0;
  uint64_t failures_ = 0;
};

} // namespace fraglint
