#pragma once
/// Whether something in a loop makes it end by itself.

#include "semantic/control_flow_graph.h"
#include "semantic/place_stores.h"
#include "semantic/semantic_model.h"

namespace fraglint {

/// Looks for what is monotone in a `while`: in its test, or in the test of an `if` that leaves
/// it. That is a deadline (a clock compared), a container (or what is left of a file) that the
/// loop uses up, an index that it steps.
class LoopBound {
public:
  LoopBound(const SemanticModel &model, const ControlFlowGraph &graph, PlaceStores &stores,
            LoopId loop)
      : model_(model), graph_(graph), stores_(stores), loop_(loop), node_(graph.loop(loop).node) {}

  bool exists();

private:
  /// How deep `and`, `or` and `not` are followed.
  static constexpr unsigned kMaxDepth = 32;

  bool endsLoop(SyntaxNode test, bool leavesWhere, unsigned depth = 0);
  bool isMonotone(SyntaxNode test);
  bool isMonotoneOperand(SyntaxNode operand);
  bool readsClock(SyntaxNode expression) const;
  bool isStepped(SyntaxNode place);
  bool isUsedUp(SyntaxNode container);
  bool isOpenedFile(SyntaxNode name) const;
  bool isLeftOfFile(SyntaxNode place);
  bool isInLoop(const PlaceStore &store) const;
  SyntaxNode leavingTest(SyntaxNode jump, bool &leavesWhere) const;

  const SemanticModel &model_;
  const ControlFlowGraph &graph_;
  PlaceStores &stores_;
  LoopId loop_;
  SyntaxNode node_;
};

} // namespace fraglint
