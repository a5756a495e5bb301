#pragma once
/// Estimates beside measurements, as text and as JSON (`fraglint-verify/1`).

#include "driver/program_runs.h"
#include "verify/verification.h"

#include "llvm/Support/raw_ostream.h"

#include <string>
#include <vector>

namespace fraglint {

/// A verdict on a heap of a certain size, and what happened there.
struct VerifiedVerdict {
  uint64_t heapBytes = 0; ///< as `-X heapsize` has it
  Verdict verdict = Verdict::AtRisk;
  bool ran = false;

  /// Whether what happened is not what the verdict said.
  bool isWrong() const {
    return (verdict == Verdict::Fits && !ran) || (verdict == Verdict::WillFail && ran);
  }
};

struct VerifiedRun {
  const MeasuredRun &measured;
  Verification verification;
};

struct VerificationReport {
  std::string program;
  const Target &target;
  std::vector<VerifiedRun> runs;
  std::vector<VerifiedVerdict> verdicts; ///< by size; empty where heaps cannot be chosen

  /// Whether no estimate and no verdict is contradicted.
  bool holds() const;
};

void writeVerificationText(const VerificationReport &report, llvm::raw_ostream &os);
void writeVerificationJson(const VerificationReport &report, llvm::raw_ostream &os);

} // namespace fraglint
