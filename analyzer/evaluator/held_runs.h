#pragma once
/// Runs that only the C code of an operation under way knows of: no object refers to them yet, or
/// any more, but their addresses are on the C stack, which the firmware scans.

#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/SmallVector.h"

#include <cstdint>

namespace fraglint {

class HeldRuns {
public:
  /// What is requested from here on is held until end(). Operations may lie in each other.
  void begin() { operations_.emplace_back(); }
  void end() { operations_.pop_back(); }
  /// Nothing outside of operations.
  void add(uint32_t run) {
    if (!operations_.empty())
      operations_.back().push_back(run);
  }
  void give(llvm::function_ref<void(uint32_t run)> keep) const {
    for (const auto &held : operations_)
      for (uint32_t run : held)
        keep(run);
  }

private:
  llvm::SmallVector<llvm::SmallVector<uint32_t, 8>, 4> operations_;
};

} // namespace fraglint
