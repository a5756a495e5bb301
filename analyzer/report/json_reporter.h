#pragma once
/// `json`: one object, schema `fraglint-check/1`.

#include "report/reporter.h"

#include <cstdint>
#include <string>

namespace fraglint {

class JsonReporter : public Reporter {
public:
  JsonReporter(llvm::raw_ostream &os, const ReportOptions &options)
      : os_(os), level_(options.level) {}

  void file(const FileResult &result) override;
  void finish() override;

private:
  void noteTarget(const Target *target);

  llvm::raw_ostream &os_;
  Severity level_;
  /// The findings, written already: what stands above them, the target, is known at the end.
  std::string findings_;
  const Target *target_ = nullptr; ///< of the files so far
  bool targetsDiffer_ = false;
  uint64_t known_ = 0;
  uint64_t files_ = 0;
  uint64_t notFirmware_ = 0;
  uint64_t skipped_ = 0;
};

} // namespace fraglint
