#pragma once
/// Summaries of functions, and the garbage that waits at a place: a forward pass over the
/// control flow, through calls into summaries, and once round the back edge of a loop.

#include "heap/collection.h"
#include "heap/garbage.h"
#include "heap/garbage_pile.h"
#include "heap/group_release.h"
#include "semantic/pass_graph.h"

#include <map>
#include <memory>
#include <optional>

namespace fraglint {

/// Answers about garbage in one module. Keeps what it worked out; not thread-safe.
class GarbageModel {
public:
  /// All must outlive this; `sites` are those of the collection model.
  GarbageModel(const Module &module, const Target &target, const CollectionModel &collections);
  ~GarbageModel();

  const FunctionSummary &summary(FunctionId function) const;
  /// Before the element that holds `node` is evaluated: what the way there left, in callers
  /// too, and in a loop that never ends what the pass before left. What `site` itself made on
  /// an earlier pass is left out, and what is mended elsewhere: buffers made anew on each pass, and
  /// what a call left that is worth a collection by itself.
  Garbage waitingAt(SyntaxNode node, const AllocationSite *site) const;
  /// What one pass of `loop` leaves, since its last sure collection.
  Garbage perPass(FunctionId function, LoopId loop) const;
  /// The first allocation in a pass of `loop` that outlives it and before which the pass made
  /// garbage of `least` bytes or more. Where both are large, it is worth a collection by itself and
  /// does not count.
  SettledObject settledAfterGarbage(FunctionId function, LoopId loop, int64_t least) const;
  /// Whether the value of `site` outlives the pass, of a loop that never ends, that makes it.
  bool staysOn(const AllocationSite &site) const;
  /// The outermost loop of its function around `node` that never ends; kNoId if none.
  LoopId endlessLoopAround(SyntaxNode node) const;
  /// Whether a loop that never ends comes to `node` at all, through calls too, or a callback that
  /// runs beside one.
  bool isHot(SyntaxNode node) const;

  /// Whether each call of `function` comes to `site`, in its own code or in what it calls.
  PassFacts onCallOf(FunctionId function, const AllocationSite &site) const;

private:
  struct Run;
  /// What a function's summary is made of, with what each site contributes.
  struct Effect;

  const Effect &effectOf(FunctionId function) const;
  std::unique_ptr<Run> runThrough(FunctionId function, LoopId loop,
                                  const GarbagePile &initial) const;
  void evaluate(GarbagePile &pile, FunctionId function, LoopId loop, BlockId block,
                uint32_t index) const;
  void enterCalls(GarbagePile &pile, SyntaxNode element, Interval times) const;
  Interval timesPerPass(FunctionId function, LoopId loop, BlockId block) const;
  const Run &steadyRun(FunctionId function, LoopId loop) const;
  GarbagePile pileAtEntry(FunctionId function) const;
  GarbagePile pileBefore(SyntaxNode node) const;
  /// What of an entry counts.
  enum class Part : uint8_t { None, Temporaries, All };
  Garbage garbageOf(const GarbagePile &pile,
                    llvm::function_ref<Part(const PileEntry &)> partOf) const;
  bool outlivesPass(const AllocationSite &site, LoopId loop) const;
  const AllocationSite *longLivedIn(FunctionId function, LoopId loop, SyntaxNode element) const;

  const Module &module_;
  const Target &target_;
  const CollectionModel &collections_;
  mutable std::vector<std::unique_ptr<Effect>> effects_; ///< by function
  mutable std::vector<bool> asking_; ///< by function: its summary
  GroupRelease groups_;
  mutable std::vector<bool> entering_; ///< by function: what its callers left
  mutable std::map<std::pair<FunctionId, LoopId>, std::unique_ptr<Run>> runs_;
  mutable unsigned depth_ = 0; ///< of nested questions about functions
};

} // namespace fraglint
