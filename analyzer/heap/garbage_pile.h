#pragma once
/// Garbage on the way: what allocation sites have contributed since the last collection, and what
/// still holds it.

#include "heap/facts.h"
#include "heap/target.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/SmallVector.h"

namespace fraglint {

/// What refers to a value once it is made. What names, places and libraries held is garbage when
/// the next pass or call has replaced it.
enum class Hold : uint8_t { Nothing, Name, Library, Place, Container, Return };

/// What one site contributes; bytes of whole blocks.
struct PileEntry {
  const AllocationSite *site;
  Interval temporaries; ///< garbage as soon as the value is made
  Interval value;       ///< garbage once nothing holds the value
  Hold hold;
  SymbolId container = kNoId; ///< that keeps it, where a name or attribute is that
  SyntaxNode insertion = {};  ///< the call that put it there
  bool released = false;      ///< it was taken out of its container, or that was taken down
  bool isBrief = false;       ///< it was taken out again on the pass that put it in
  bool reported = false;      ///< part of what a call left that counts by itself

  Interval bytes() const { return hold == Hold::Nothing ? temporaries + value : temporaries; }
  /// For the choice of the way that leaves most. What a container may yet lose counts half.
  int64_t weight(const Target &target) const;
};

/// The contributions of one way through the code since the last collection, each site's once.
class GarbagePile {
public:
  void add(const PileEntry &entry, const Target &target);
  void clear();
  /// What names and places held in an earlier pass was replaced since; what containers got
  /// stays in them.
  void replaceValues();
  /// What of a container's members goes.
  enum class Loss : uint8_t { All, Some, Last };
  /// What a container held and for which `lost` holds is garbage.
  void release(llvm::function_ref<bool(const PileEntry &)> lost, Loss loss, const Target &target);
  /// A library lets go of what it held.
  void releaseLibrary();

  llvm::ArrayRef<PileEntry> entries() const { return entries_; }
  bool isHeavierThan(const GarbagePile &other) const { return weight_ > other.weight_; }

private:
  llvm::SmallVector<PileEntry, 4> entries_;
  int64_t weight_ = 0;
};

} // namespace fraglint
