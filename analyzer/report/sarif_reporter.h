#pragma once
/// `sarif`: SARIF 2.1.0, with all that GitHub's code scanning shows.

#include "report/reporter.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/Support/JSON.h"

#include <cstdint>

namespace fraglint {

class SarifReporter : public Reporter {
public:
  SarifReporter(llvm::raw_ostream &os, const ReportOptions &options);

  void file(const FileResult &result) override;
  void finish() override;

private:
  void finding(const Diagnostic &diagnostic, llvm::StringRef print,
               const SuppressedFinding *suppressed);

  llvm::raw_ostream &os_;
  Severity level_;
  llvm::json::Array rules_, results_;
  llvm::DenseMap<const Rule *, int64_t> indices_; ///< in rules_
};

} // namespace fraglint
