#pragma once
/// Bytes that nothing refers to any more and that no collection has given back yet, and what a
/// function leaves of them when it returns.

#include "heap/facts.h"

#include "llvm/ADT/SmallVector.h"

namespace fraglint {

/// Garbage at one place in a program, along the way to it that leaves most.
struct Garbage {
  Interval bytes = Interval::exactly(0); ///< whole blocks, temporaries included
  bool presumedLarge = false; ///< part of it is of a size not shown, but large in practice
  llvm::SmallVector<const AllocationSite *, 4> sites; ///< that made it, the biggest first

  /// Whether it is `least` bytes or more, surely or presumably.
  bool isAtLeast(int64_t least) const { return presumedLarge || bytes.lo >= least; }
};

/// What a call of a function does to the heap, as far as its callers are concerned.
struct FunctionSummary {
  /// Unreachable when it has returned, since its last sure collection; callees included.
  Garbage left;
  /// Sites whose value is returned.
  llvm::SmallVector<const AllocationSite *, 2> returned;
  /// Sites whose value stays reachable from outside when it has returned; some, where many.
  llvm::SmallVector<const AllocationSite *, 4> kept;
  bool mustCollect = false; ///< every path without an exception collects
};

/// A long-lived allocation that comes after garbage in the same pass of a loop.
struct SettledObject {
  const AllocationSite *site = nullptr; ///< null where there is none
  Garbage before;                       ///< that waits when it is made
};

} // namespace fraglint
