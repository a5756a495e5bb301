#pragma once
/// A measurement as text and as JSON.

#include "driver/program_runs.h"

#include "llvm/Support/raw_ostream.h"

namespace fraglint {

void writeText(llvm::raw_ostream &os, const SourceFile &program, llvm::ArrayRef<MeasuredRun> runs);
/// Schema `fraglint-measure/1`.
void writeJson(llvm::raw_ostream &os, const SourceFile &program, llvm::ArrayRef<MeasuredRun> runs);

} // namespace fraglint
