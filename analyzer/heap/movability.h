#pragma once
/// Which earlier allocations a large one could come before (rules.md "Movable").

#include "heap/heap_model.h"

#include "llvm/ADT/SmallVector.h"

#include <optional>

namespace fraglint {

/// An allocation that stays and that the large one need not wait for.
struct MovableAllocation {
  SyntaxNode node;
  SyntaxNode
      passed; ///< the statement on the way to the large one that makes it, itself or by calls
  Interval bytes = Interval::exactly(0); ///< kept in whole blocks, over all passes of its loop
  bool presumed = false; ///< large in practice, though the code does not show how large
};

/// Whether allocations keep as much together as a large request, or one of them does in practice.
bool retainMuch(llvm::ArrayRef<MovableAllocation> allocations, const Target &target);

/// What stands before a large allocation of the set-up without need.
struct LatePlacement {
  /// In the order in which they are made, at least one.
  llvm::SmallVector<MovableAllocation, 8> before;
  Interval bytes = Interval::exactly(0); ///< of all of them
  /// The statement that the large one could stand above; of its own function, or of one that the
  /// way to it comes through.
  SyntaxNode destination;
  /// Assignments of constants that have to move with it, last one first.
  llvm::SmallVector<SyntaxNode, 2> companions;
};

/// Where `site` could be made earlier; nothing where it could not, where it is not made once (by a
/// module body, or by a function that only one call from there comes to), where what it would
/// pass retains less than a large request, or where a collection comes between.
std::optional<LatePlacement> findLatePlacement(const HeapModel &heap, const AllocationSite &site);

/// Whether nothing but an endless loop makes `site`, although its arguments are known from the
/// start.
bool isFirstMadeInLoop(const HeapModel &heap, const AllocationSite &site);

/// The `if x is None` (or `if not x`) around a site that isFirstMadeInLoop, because of which it is
/// made once; null where there is none.
SyntaxNode firstTimeGuard(const HeapModel &heap, const AllocationSite &site);

} // namespace fraglint
