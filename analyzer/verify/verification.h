#pragma once
/// The model's estimates held against what was measured on a real heap.

#include "evaluator/verdict.h"
#include "verify/stand_in_use.h"
#include "verify/statement_estimate.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace fraglint {

enum class Agreement : uint8_t {
  Equal,         ///< an exact estimate, and that was measured
  Inside,        ///< what was measured lies in the estimate
  Outside,       ///< it does not: the model is wrong
  NotMeasurable, ///< nothing can be said; the row says why
};
/// `equal`, `inside`, `outside`, `not measurable`.
llvm::StringRef agreementName(Agreement agreement);

/// One statement of the program: what was foretold of it and what was measured.
struct VerifiedRow {
  uint32_t line = 0;   ///< 1-based
  uint32_t column = 0; ///< 1-based, in code points; 0 for a top-level statement with all its calls
  Interval estimate; ///< bytes in whole blocks; of top-level statements bytes as asked for
  CostTag tag = CostTag::Unknown; ///< of the estimate
  Interval measured = Interval::exactly(0); ///< likewise; between bounds where no map can be had
  Agreement agreement = Agreement::NotMeasurable;
  std::string reason; ///< why there is no upper bound, or no measurement
};

/// Of one run of the program.
struct Verification {
  std::vector<VerifiedRow> rows; ///< by place; without statements of which both are nothing
  /// The largest of all statements. Without what only frees, and what cannot be measured.
  VerifiedRow demand;

  size_t count(Agreement agreement) const;
  /// Upper bound over measurement, of measurable rows where both are known: the median and the
  /// largest; nothing without such rows.
  struct Tightness {
    double median = 0, worst = 0;
  };
  std::optional<Tightness> tightness() const;
  /// Whether nothing is outside.
  bool holds() const;
};

/// `program` is what was evaluated and, its entry, what was measured. `standIns`: uses of modules
/// that stood in for others; what those themselves ask for is measured with the statement.
Verification verify(const Module &program, const Evaluation &evaluation,
                    const Measurement &measured, const StandInUses &standIns);

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
  std::string input; ///< what it read, for people; empty for nothing
  Verification verification;
};

/// All runs of one program on one device.
struct VerificationReport {
  std::string program; ///< its path, as the user named it
  const Target &target;
  ProbeFacts facts; ///< of the device
  std::vector<VerifiedRun> runs;
  std::vector<VerifiedVerdict> verdicts; ///< by size; empty where heaps cannot be chosen

  /// Whether no estimate and no verdict is contradicted.
  bool holds() const;
};

} // namespace fraglint
