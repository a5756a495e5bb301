#pragma once
/// The one interface that rules ask: what does a site cost, does its value outlive the pass,
/// what does a deletion drop, what is surely collected?

#include "heap/facts.h"
#include "heap/garbage.h"
#include "heap/old_value.h"
#include "heap/target.h"
#include "heap/value_flow.h"
#include "semantic/module.h"
#include "semantic/repetition.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/SmallVector.h"

#include <memory>
#include <optional>
#include <vector>

namespace fraglint {

class CollectionModel;
class GarbageModel;
struct LabelChurn;

/// Where a value made in a pass goes.
struct Lifetime {
  bool outlivesPass = false; ///< reachable after the pass that made it, or not known not to be
  SyntaxNode keeper;         ///< what keeps it; null where nothing does
  SyntaxNode filler;         ///< a call that fills it in place (`readinto`); null where none
};

/// A value that is made while its name, or a display, still holds an older one.
struct Coexistence {
  Rebinding rebinding; ///< its symbol is kNoId where a display holds the older one
  SyntaxNode display;  ///< the `display.root_group`, or `display.show(…)`; null where a name does
  const AllocationSite *old = nullptr; ///< that made the older value
};

/// Facts and answers for one module on one target. Refers to both, which must outlive it. Not
/// thread-safe (answers are worked out on demand).
class HeapModel {
public:
  HeapModel(const Module &module, const Target &target);
  ~HeapModel();
  HeapModel(const HeapModel &) = delete;
  HeapModel &operator=(const HeapModel &) = delete;

  const Module &module() const { return module_; }
  const Target &target() const { return target_; }

  /// All sites of the module in source order; none under opaque decorators or in broken
  /// statements.
  llvm::ArrayRef<AllocationSite> allocationSites() const { return sites_; }
  /// In source order; setting a name to None where it had no other value before is none.
  llvm::ArrayRef<Deletion> deletions() const { return deletions_; }

  /// In source order; none in broken statements.
  llvm::ArrayRef<LabelWrite> labelWrites() const { return labelWrites_; }
  /// How often passes of a loop set the text of `write`, one of labelWrites(); null where the text
  /// is set once, by an event, slowly, or never differs.
  const LabelChurn *labelChurn(const LabelWrite &write) const {
    return labelChurns_[&write - labelWrites_.data()].get();
  }
  /// In source order; none in broken statements.
  llvm::ArrayRef<GrowingText> growingTexts() const { return growingTexts_; }
  /// Calls of the module's own functions, in source order.
  llvm::ArrayRef<CallSite> calls() const { return calls_; }
  /// All loops of the module, function by function.
  llvm::ArrayRef<Loop> loops() const { return loops_; }

  /// What a call of `function` leaves behind, returns and keeps.
  const FunctionSummary &summary(FunctionId function) const;
  /// Whether each call of `function` comes to `site`, in its own code or in what it calls.
  PassFacts onCallOf(FunctionId function, const AllocationSite &site) const;
  /// Garbage, other than what `site` made on an earlier pass, that waits before the statement
  /// of `site`; buffers made anew on each pass, and what a call left that is worth a collection
  /// by itself, are not in it.
  Garbage waitingAt(const AllocationSite &site) const;
  /// What one pass of `loop` leaves, since its last sure collection.
  Garbage garbagePerPass(const Loop &loop) const;
  /// The first object that outlives a pass of `loop` and is made behind garbage of `least`
  /// bytes or more; a large one behind a large amount is worth a collection by itself and does not
  /// count.
  SettledObject settledAfterGarbage(const Loop &loop, int64_t least) const;
  /// Whether the value of `site` outlives the pass, of a loop that never ends, that makes it.
  bool staysOn(const AllocationSite &site) const;
  /// The outermost loop of its function around `node` that never ends; kNoId if none.
  LoopId endlessLoopAround(SyntaxNode node) const;
  /// Whether a loop that never ends comes to `node`, through calls too, or a callback that runs
  /// beside one.
  bool isHot(SyntaxNode node) const;
  /// Whether some pass of `loop` may collect, under whatever condition.
  bool mayCollectIn(FunctionId function, LoopId loop) const;
  /// Whether passes of `loop` collect by a `mem_free()` test, a counter or a timer.
  bool collectsOnDemand(FunctionId function, LoopId loop) const;
  /// Whether the program sets a `gc.threshold()`, by which requests collect at moments that the
  /// code does not choose.
  bool setsThreshold() const { return setsThreshold_; }

  /// The cost of `site` with what is made only to make it: in `array("H", [0] * n)` the list.
  AllocationCost costWithTemporaries(const AllocationSite &site) const;
  /// Bytes of content alone, temporaries included: without the objects' own headers.
  Interval dataBytes(const AllocationSite &site) const;
  /// Whether `site` is such a temporary of another buffer.
  bool isTemporary(const AllocationSite &site) const;
  /// Whether the site's largest request is surely large on the target, or presumed to be.
  bool isLarge(const AllocationSite &site) const;
  /// Whether that request is large, or may be as far as is known.
  bool mayBeLarge(const AllocationSite &site) const;
  /// Whether it takes a good part of what is large, or is presumed large: smaller pieces alone
  /// make no garbage that is worth a collection.
  bool isBigPiece(const AllocationSite &site) const;
  /// What becomes of the value of `site` by the end of the pass of `loop` (a loop of the site's
  /// function) that makes it; without a loop, by the end of its function.
  Lifetime lifetime(const AllocationSite &site, LoopId loop = kNoId) const;
  /// The same by the end of a pass that comes to the site through calls: what each of them returns
  /// is followed into its caller.
  Lifetime lifetime(const AllocationSite &site, const Repetition &repetition) const;
  /// Whether `expression` has the same value on every pass of `loop`, a loop of `function`.
  bool isInvariant(SyntaxNode expression, FunctionId function, LoopId loop) const;
  /// Whether evaluating the element that holds `node` surely collects.
  bool collects(SyntaxNode node) const;
  /// Whether the function around `node` collects on some way from there to its end.
  bool mayCollectBehind(SyntaxNode node) const;
  /// Whether every completed pass of `loop`, a loop of `function`, surely collects.
  bool collectsEveryPass(FunctionId function, LoopId loop) const;
  /// Whether running out of memory at `node` is provided for: a `try` around it, in the same
  /// function, catches MemoryError.
  bool survivesExhaustion(SyntaxNode node) const;
  /// The sites whose value the deleted name may hold as its last reference; empty where
  /// something else holds it too, or where it may be anything.
  llvm::SmallVector<const AllocationSite *, 2> droppedBy(const Deletion &deletion) const;
  /// Whether the container bound to `symbol` gets items after it was made, so that its size at
  /// its making says nothing: by its own methods, by item, by `+=`, or by a call it is given to.
  bool growsLater(SymbolId symbol) const;
  /// The same for the name that the site's own statement binds it to.
  bool growsLater(const AllocationSite &site) const;
  /// Where the value of `site` is bound to a name that may still hold an older value as large, or
  /// made while a display still shows one: here, or where a caller gets it returned.
  std::optional<Coexistence> coexistence(const AllocationSite &site) const;
  /// The first large allocation that can follow `deletion` with no collection in between, else the
  /// first that lives on, else the first growth of a list that stays; null where there is none.
  const AllocationSite *nextUncollected(const Deletion &deletion) const;
  /// The same after a call.
  const AllocationSite *nextUncollected(const CallSite &call) const;

private:
  void addLabelTexts();
  void judgeLabelWrites();
  void findCallsAndLoops();
  std::optional<Coexistence> coexistenceAt(SyntaxNode made, const AllocationSite &site) const;
  SyntaxNode displayStillShowing(SyntaxNode made) const;
  bool isReturned(SyntaxNode made) const;
  bool isDroppedBy(const Deletion &deletion, SymbolId symbol) const;
  Lifetime lifetimeOf(SyntaxNode made, LoopId loop) const;
  const AllocationSite *nextUncollected(FunctionId function, SyntaxNode node) const;
  const AllocationSite *nextGrowth(FunctionId function, SyntaxNode node) const;
  /// Whether the value stays when the code that made it is done; isLongLived remembers.
  bool outlivesItsCode(const AllocationSite &site) const;
  bool isLongLived(const AllocationSite &site) const;
  void collectSites(SyntaxNode value, unsigned depth,
                    llvm::SmallVectorImpl<const AllocationSite *> &found) const;
  const AllocationSite *siteAt(SyntaxNode node) const;

  const Module &module_;
  const Target &target_;
  std::vector<AllocationSite> sites_;
  std::vector<Deletion> deletions_;
  std::vector<LabelWrite> labelWrites_;
  std::vector<std::unique_ptr<const LabelChurn>> labelChurns_; ///< by label write
  std::vector<GrowingText> growingTexts_;
  std::vector<CallSite> calls_;
  std::vector<Loop> loops_;
  mutable std::optional<std::vector<SyntaxNode>> displayWrites_;
  mutable std::vector<AllocationSite> growths_; ///< of lists that stay
  mutable std::unique_ptr<CollectionModel> growthCollections_; ///< null until asked for
  mutable std::vector<std::optional<bool>> longLived_; ///< by site, worked out on demand
  std::unique_ptr<CollectionModel> collections_;
  bool setsThreshold_ = false;
  std::unique_ptr<GarbageModel> garbage_;
};

} // namespace fraglint
