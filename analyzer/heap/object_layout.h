#pragma once
/// What operations ask of the allocator: one declarative table of library calls, and the
/// layouts of the language's own displays, repetitions and slices. Sizes are formulas over the
/// target's word size. Every fact names its source in object_layout.cpp.

#include "heap/allocation_cost.h"
#include "heap/facts.h"
#include "heap/target.h"
#include "semantic/call_arguments.h"
#include "semantic/semantic_model.h"

#include "llvm/ADT/StringRef.h"

namespace fraglint {

/// Collects the requests of one operation in their order.
class CostBuilder {
public:
  explicit CostBuilder(const Target &target) : target_(target) {}

  const Target &target() const { return target_; }
  /// `count` machine words, in bytes.
  Interval words(int64_t count) const { return Interval::exactly(count * target_.wordBytes()); }
  /// `count` items of one word each.
  Interval words(Interval count) const;
  /// A request that the result keeps.
  void keep(Interval bytes);
  /// A request that nothing refers to when the operation is over.
  void drop(Interval bytes);
  /// Why a bound is missing, in words; the first reason stands.
  void because(std::string reason);

  /// The size is not shown by the code but large in practice.
  void presumeLarge() { presumedLarge_ = true; }
  bool presumedLarge() const { return presumedLarge_; }
  /// So are its temporaries.
  void presumeLargeTemporaries() { leavesLarge_ = true; }
  bool leavesLarge() const { return leavesLarge_; }

  /// A str or bytes object of `length` bytes that is made by itself: data, then header.
  void keepBytes(Interval length);
  /// A list of `count` items with exact room.
  void keepList(Interval count);
  /// A list that `count` items were appended to, one by one: its run doubles each time.
  void keepGrownList(Interval count);

  AllocationCost take() { return std::move(cost_); }

private:
  void request(Interval bytes, Interval &account);

  const Target &target_;
  AllocationCost cost_;
  bool presumedLarge_ = false;
  bool leavesLarge_ = false;
};

/// A call as the layout table sees it.
struct LayoutCall {
  const SemanticModel &model;
  SyntaxNode node;
  CallArguments arguments;

  Interval integer(unsigned position, llvm::StringRef keyword = {}) const;
};

/// One row: what a library call makes and what that costs.
struct LayoutRow {
  llvm::StringLiteral name; ///< dotted, as SemanticModel::calleeName gives it
  AllocationKind kind;
  void (*charge)(const LayoutCall &call, CostBuilder &cost);
  /// See AllocationSite.
  bool heldByLibrary = false;
};

/// Bytes of one item of an `array.array`, given the call that makes it or a name for it; an
/// interval where its type code is not known.
Interval arrayItemBytes(const SemanticModel &model, SyntaxNode array, const Target &target);

/// Bytes of the pixels of a `displayio.Bitmap`, in one run: every row in whole 32-bit words.
Interval bitmapBytes(Interval width, Interval height, Interval colours);

/// The row for a dotted name; null if there is none.
const LayoutRow *findLayout(llvm::StringRef dottedName);

} // namespace fraglint
