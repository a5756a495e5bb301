#pragma once
/// How often each rule spoke, instead of the findings (`--statistics`).

#include "report/reporter.h"

#include "llvm/ADT/MapVector.h"

namespace fraglint {

class StatisticsReporter : public Reporter {
public:
  StatisticsReporter(llvm::raw_ostream &os, Severity level, bool asJson)
      : os_(os), level_(level), asJson_(asJson) {}
  void file(const FileResult &result) override;
  void finish() override;

private:
  struct Count {
    const Rule *rule = nullptr;
    int64_t findings = 0;
    int64_t fixable = 0;
  };

  void writeText(llvm::ArrayRef<Count> counts) const;
  void writeJson(llvm::ArrayRef<Count> counts) const;

  llvm::raw_ostream &os_;
  Severity level_;
  bool asJson_;
  llvm::MapVector<const Rule *, Count> counts_;
};

} // namespace fraglint
