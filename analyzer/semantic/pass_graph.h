#pragma once
/// One pass of a loop, or one call of a function: what runs between its start and its end.

#include "semantic/control_flow_graph.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/STLFunctionalExtras.h"

#include <vector>

namespace fraglint {

/// The blocks on the ways from a loop's header to its latch (from a function's entry to its
/// exit), as a graph without cycles: each loop inside is gone through once. Exceptions, and ways
/// that leave the loop, are left out: they complete no pass.
class PassGraph {
public:
  /// Place of a block in the order in which blocks run; the start's is 0, the end's the last.
  using Index = uint32_t;

  struct Edge {
    Index target = 0;
    EdgeKind kind = EdgeKind::Next;
    LoopId finished = kNoId; ///< the inner loop that this edge leaves because it is over
  };
  /// A way out of a block from which the flow could also have gone another way.
  struct Branch {
    Index block = 0;
    Index target = 0;
    EdgeKind kind = EdgeKind::Next;
  };

  /// Of the whole function where `loop` is kNoId. `isEntered` tells of an inner `for` that it
  /// makes a pass at least.
  PassGraph(const ControlFlowGraph &graph, LoopId loop, llvm::function_ref<bool(LoopId)> isEntered);

  /// Whether any way gets to the end without an exception.
  bool completes() const { return !blocks_.empty(); }
  /// Whether a `break` or `return` that can be reached without an exception leaves the loop.
  bool canLeave() const { return canLeave_; }

  /// kNoId for blocks that no completed pass runs.
  Index indexOf(BlockId block) const;
  llvm::ArrayRef<BlockId> blocks() const { return blocks_; }
  llvm::ArrayRef<Edge> successors(Index index) const { return edges_[index]; }

  /// Whether every way from `start` to the end runs `block`.
  bool isAlwaysAfter(Index block, Index start) const;
  /// Whether every completed pass runs `block`.
  bool isOnEveryPath(Index block) const { return isAlwaysAfter(block, 0); }
  /// The branches that decide, themselves, whether `block` runs.
  llvm::ArrayRef<Branch> decidersOf(Index block) const { return deciders_[block]; }
  /// Whether `block` runs only after `branch` was taken.
  bool isDecidedBy(Index block, const Branch &branch) const;

private:
  class Explorer;

  void keepCompleting(const Explorer &explorer, BlockId end);
  void findPostDominators();
  void findDeciders();

  std::vector<BlockId> blocks_; ///< in the order of running
  llvm::DenseMap<BlockId, Index> indices_;
  std::vector<llvm::SmallVector<Edge, 2>> edges_;
  std::vector<Index> postDominator_; ///< the next block that surely runs; of the end itself
  std::vector<Index> treeNumber_;    ///< of the tree of post-dominators, in pre-order
  std::vector<Index> treeSize_;
  std::vector<llvm::SmallVector<Branch, 1>> deciders_;
  bool canLeave_ = false;
};

} // namespace fraglint
