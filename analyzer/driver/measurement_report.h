#pragma once
/// A measurement as text and as JSON.

#include "measure/measurement.h"
#include "measure/smallest_heap.h"
#include "text/source_file.h"

#include "llvm/Support/raw_ostream.h"

#include <optional>

namespace fraglint {

/// All that is reported of one run of a program.
struct MeasuredRun {
  std::string input; ///< what it read, for people; empty for nothing
  Measurement measurement;
  std::optional<SmallestHeap> smallestHeap;
};

void writeText(llvm::raw_ostream &os, const SourceFile &program, llvm::ArrayRef<MeasuredRun> runs);
/// Schema `fraglint-measure/1`.
void writeJson(llvm::raw_ostream &os, const SourceFile &program, llvm::ArrayRef<MeasuredRun> runs);

} // namespace fraglint
