#pragma once
/// What the tables of targets are written with. Only the files that make up the tables include it.

#include "heap/firmware_profile_table.h"
#include "heap/target.h"

namespace fraglint {

llvm::ArrayRef<Target> circuitPythonTargets();
llvm::ArrayRef<Target> microPythonTargets();

constexpr Interval kib(int64_t lo, int64_t hi) { return {lo * 1024, hi * 1024}; }
constexpr Interval bytes(int64_t value) { return Interval::exactly(value); }
constexpr Interval between(int64_t lo, int64_t hi) { return {lo, hi}; }

} // namespace fraglint
