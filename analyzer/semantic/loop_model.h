#pragma once
/// What loops mean for a firmware program: which never end, which only wait, and what happens
/// on every pass of one. The words are those of the rule documentation.

#include "semantic/control_flow_graph.h"
#include "semantic/pass_facts.h"
#include "semantic/place_stores.h"
#include "semantic/semantic_model.h"

#include <cstdint>
#include <memory>
#include <vector>

namespace fraglint {

enum class LoopKind : uint8_t {
  Wait,      ///< its body only passes, sleeps, collects or polls
  Endless,   ///< never left in ordinary operation
  Retry,     ///< a `while` that comes round only after an exception, if at all
  Repeating, ///< any other `while`: many passes, number unknown
  Counted,   ///< a `for`
};

/// Everything about the loops of one function. Refers to graph and model, which must outlive
/// it. Answers are worked out on demand and kept: not thread-safe.
class LoopModel {
public:
  LoopModel(const SemanticModel &model, const ControlFlowGraph &graph, FunctionId function);
  ~LoopModel();
  LoopModel(const LoopModel &) = delete;
  LoopModel &operator=(const LoopModel &) = delete;

  LoopKind kind(LoopId loop) const { return kinds_[loop]; }
  /// Number of passes; [1, no bound] for endless loops.
  Interval trips(LoopId loop) const;
  /// An endless loop, or a wait that nothing ends: a program that ends so is run by callbacks.
  bool neverEnds(LoopId loop) const;
  /// An endless loop, any other `while` that is no wait and no retry, a `for` of eight passes or
  /// more or of an unknown number.
  bool isRepeating(LoopId loop) const;
  /// Whether a `for` surely makes a pass: by its count, or since the program filled the
  /// container that it names.
  bool isEntered(LoopId loop) const;
  /// Whether and how each pass of `loop` evaluates `node` (which may lie in inner loops:
  /// those that surely make a pass are transparent). Ways that leave the loop do not count.
  PassFacts onPassOf(LoopId loop, SyntaxNode node) const;
  /// The same for a call of the function: whether each one that returns evaluates `node`.
  PassFacts onCall(SyntaxNode node) const { return onPassOf(kNoId, node); }
  /// The innermost repeating loop for which onPassOf(node) is at least Mode; kNoId if none.
  LoopId repeatingLoopOf(SyntaxNode node) const;
  /// Lower bound of the seconds slept on every path of a pass.
  double sleepPerPass(LoopId loop) const;
  /// A pass sleeps 5 s or more, or waits for the user on every path.
  bool isSlow(LoopId loop) const;

private:
  struct Sleep;
  struct Pass;

  Pass &pass(LoopId loop) const;
  LoopKind kindOf(LoopId loop) const;
  bool hasConstantTest(LoopId loop) const;
  bool isRetry(LoopId loop) const;
  bool failsAfterPass(SyntaxNode test, LoopId loop) const;
  PassFacts factsOf(Pass &pass, uint32_t index) const;
  bool isOnEveryPath(const Pass &pass, llvm::ArrayRef<FlowPoint> points) const;
  bool isSurelyEvaluated(SyntaxNode node, SyntaxNode element) const;
  Sleep leastSleep(LoopId loop) const;
  Sleep furtherSleep(LoopId inner, const Pass &outer) const;
  double leastWait(LoopId inner, const Pass &outer) const;

  const SemanticModel &model_;
  const ControlFlowGraph &graph_;
  FunctionId function_;
  mutable PlaceStores stores_;
  llvm::SmallVector<LoopKind, 4> kinds_;
  /// By loop, the function's own (kNoId) last.
  mutable std::vector<std::unique_ptr<Pass>> passes_;
};

} // namespace fraglint
