#pragma once
/// What a change costs: a program's figures before and after it, as text and as JSON
/// (`fraglint-heap-diff/1`).

#include "driver/heap_report.h"
#include "semantic/module.h"

#include "llvm/Support/raw_ostream.h"

#include <optional>
#include <string>
#include <vector>

namespace fraglint {

/// The program before or after.
struct HeapDiffSide {
  const Module &program;
  const Evaluation &evaluation;
  const HeapVerdict &verdict;
};

struct HeapDiff {
  std::string path; ///< of the entry, after
  std::string base; ///< as the user named it
  ProgramTarget target;
  HeapDiffSide before, after;
};

/// The hard requests of one line, over all phases that were evaluated.
struct LineCost {
  std::string file; ///< where it is, or was, in the program after
  uint32_t line = 0; ///< from 1
  Interval largest = Interval::exactly(0); ///< bytes of one request
  Interval total = Interval::exactly(0);   ///< bytes of all
  uint64_t count = 0;
};

/// A line that costs something else than before; one side is missing where it is new, or gone.
struct LineDifference {
  std::optional<LineCost> before, after;

  /// What it surely asks for more in one run, and over all, in bytes.
  int64_t contiguous() const;
  int64_t requested() const;
};

/// Lines are the same by their content, wherever they stand now; one that was changed in place is
/// where more than half of it stayed. The largest change of a single request first.
std::vector<LineDifference> differingLines(const HeapDiff &diff);

void writeHeapDiffText(const HeapDiff &diff, llvm::raw_ostream &os);
void writeHeapDiffJson(const HeapDiff &diff, llvm::raw_ostream &os);

} // namespace fraglint
