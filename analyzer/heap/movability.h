#pragma once
/// Which earlier allocations a large one could come before (rules.md "Movable").

#include "heap/heap_model.h"

#include "llvm/ADT/SmallVector.h"

#include <optional>

namespace fraglint {

/// An allocation that stays and that the large one need not wait for.
struct MovableAllocation {
  SyntaxNode node;
  Interval bytes = Interval::exactly(0); ///< kept in whole blocks, over all passes of its loop
  bool presumed = false; ///< large in practice, though the code does not show how large
};

/// What stands before a large allocation of the module body without need.
struct LatePlacement {
  /// In source order, at least one.
  llvm::SmallVector<MovableAllocation, 8> before;
  Interval bytes = Interval::exactly(0); ///< of all of them
  SyntaxNode destination; ///< the statement that the large one could stand above
  /// Assignments of constants that have to move with it, last one first.
  llvm::SmallVector<SyntaxNode, 2> companions;
};

/// Where `site`, a statement's part of the module body, could be made earlier; nothing where it
/// could not, where what it would pass retains less than a large request, or where a
/// collection comes between.
std::optional<LatePlacement> findLatePlacement(const HeapModel &heap, const AllocationSite &site);

/// The `if x is None` (or `if not x`) around `site` that makes it only when an endless loop first
/// comes there, although its arguments are known from the start; null where there is none.
SyntaxNode firstTimeGuard(const HeapModel &heap, const AllocationSite &site);

} // namespace fraglint
