#pragma once
/// What kind of condition a branch of a loop's pass is: an event, a mode, or a timer.

#include "semantic/clock_form.h"
#include "semantic/pass_facts.h"
#include "semantic/pass_graph.h"
#include "semantic/place_stores.h"

namespace fraglint {

/// Judges the branches of one pass.
class GateReader {
public:
  GateReader(const SemanticModel &model, const ControlFlowGraph &graph, const PassGraph &pass,
             PlaceStores &stores)
      : model_(model), graph_(graph), pass_(pass), stores_(stores) {}

  /// How surely a pass that comes to the branch takes it. A mode's test reads only names that
  /// not every pass assigns, and the branch does not end the mode on all its ways. A timer's
  /// test holds a clock against a stored time that the branch advances. That a request
  /// went well is a mode, too.
  PassFacts factsOf(const PassGraph::Branch &branch);

private:
  using Branch = PassGraph::Branch;
  /// How deep `and`, `or` and `not` are followed.
  static constexpr unsigned kMaxDepth = 32;

  PassFacts factsOfTest(SyntaxNode test, bool holds, const Branch &branch, unsigned depth);
  PassFacts factsOfMatch(SyntaxNode pattern, const Branch &branch);
  bool holdsOnSuccess(SyntaxNode test) const;
  bool isMode(SyntaxNode test, const Branch &branch);
  bool isModePlace(SyntaxNode place, const Branch &branch);
  bool isConstant(SyntaxNode attribute) const;
  std::optional<PassFacts> timerOf(SyntaxNode test, bool holds, const Branch &branch);
  std::optional<PassFacts> timerOn(const ClockForm &form, const ClockForm::Term &term,
                                   ClockReader &reader, const Branch &branch);
  double periodOf(ClockForm form, const ClockForm::Term &term, const PlaceStore &store,
                  ClockReader &reader) const;
  SyntaxNode valueBefore(SyntaxNode place, const Branch &branch);
  bool sharesInnerLoop(BlockId block, const Branch &branch) const;
  bool runsWith(PassGraph::Index block, const Branch &branch) const;

  const SemanticModel &model_;
  const ControlFlowGraph &graph_;
  const PassGraph &pass_;
  PlaceStores &stores_;
};

} // namespace fraglint
