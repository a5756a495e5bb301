#pragma once
/// Where a collection surely happens, and what is allocated before one does.

#include "heap/facts.h"
#include "heap/target.h"
#include "semantic/module.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/STLFunctionalExtras.h"

#include <cstdint>
#include <vector>

namespace fraglint {

/// Answers about collections in one module. Keeps what it worked out; not thread-safe.
class CollectionModel {
public:
  /// `sites` in source order. All must outlive this.
  CollectionModel(const Module &module, const Target &target, llvm::ArrayRef<AllocationSite> sites);

  /// Whether evaluating this element of a control-flow graph surely collects: `gc.collect()`
  /// under any name, a function of the module that always does, on CircuitPython the import of
  /// a file.
  bool collects(SyntaxNode element) const;
  /// Whether every exception-free path through a function of the module collects.
  bool mustCollect(FunctionId function) const;

  /// Whether every completed pass of `loop` collects.
  bool collectsEveryPass(FunctionId function, LoopId loop) const;

  /// Whether some pass of `loop` may collect, under whatever condition; what runs after an
  /// error only does not count.
  bool mayCollectIn(FunctionId function, LoopId loop) const;
  /// Whether `loop` looks after its memory by itself: passes collect by a `mem_free()` test, by
  /// a counter or a timer, or call something that does.
  bool collectsOnDemand(FunctionId function, LoopId loop) const;

  /// Whether the program may call `gc.threshold()` with a number of bytes, from its
  /// module body or what that calls: requests then collect by themselves.
  bool setsThreshold() const;

  /// Whether some path without an exception from behind the element that holds `node` to the end
  /// of its function collects.
  bool mayCollectBehind(SyntaxNode node) const;

  /// The sites in `element`, in source order.
  llvm::ArrayRef<AllocationSite> sitesIn(SyntaxNode element) const;

  using Predicate = llvm::function_ref<bool(const AllocationSite &)>;
  /// The first site for which `wanted` holds that can run after the element that holds `node`
  /// without a collection in between: in its function, in functions called, and after the calls
  /// of its function. Null where there is none.
  const AllocationSite *nextBeforeCollect(FunctionId function, SyntaxNode node,
                                          Predicate wanted) const;

private:
  struct Walk;
  enum class Answer : uint8_t { Unasked, Asking, No, Yes };

  bool collectsBetween(const ControlFlowGraph &graph, BlockId from, BlockId to,
                       BlockId beyond) const;
  bool callCollects(SyntaxNode call) const;
  bool importCollects(SyntaxNode statement) const;
  bool mayCollect(SyntaxNode call) const;
  bool makesLarge(FunctionId function) const;
  bool isTendingCollect(FunctionId function, LoopId loop, SyntaxNode call) const;
  bool mayTend(SyntaxNode call) const;
  std::vector<bool> functionsWith(llvm::function_ref<bool(SyntaxNode)> wanted) const;

  const Module &module_;
  const Target &target_;
  llvm::ArrayRef<AllocationSite> sites_;
  mutable std::vector<Answer> mustCollect_; ///< by function
  mutable llvm::DenseMap<std::pair<FunctionId, LoopId>, bool> collectsEveryPass_;
  mutable std::vector<bool> mayCollect_; ///< by function; empty until asked
  mutable std::vector<bool> mayTend_;    ///< likewise
  mutable unsigned depth_ = 0; ///< of nested questions about functions
  mutable llvm::DenseMap<uint32_t, bool> collects_; ///< by ordinal of the element
};

} // namespace fraglint
