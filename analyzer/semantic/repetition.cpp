#include "semantic/repetition.h"

#include "semantic/evaluation.h"

#include "llvm/ADT/BitVector.h"
#include "llvm/ADT/DenseSet.h"

#include <deque>

namespace fraglint {

namespace {

/// How many calls deep a chain may be, and how many functions one search may look at.
constexpr unsigned kChainDepth = 6;
constexpr unsigned kFunctionLimit = 200;

/// Whether `edge` passes by a loop that surely has a pass: no path in truth.
bool skipsSureLoop(const FunctionFlow &flow, FlowEdge edge) {
  if (edge.kind != EdgeKind::ZeroTrip)
    return false;
  for (LoopId loop = 0; loop < flow.graph.loops().size(); ++loop)
    if (flow.graph.loop(loop).after == edge.target && flow.loops.trips(loop).lo >= 1)
      return true;
  return false;
}

/// Whether every path through the function, exceptions left aside, evaluates `node`. A counted
/// loop around it that surely has a pass does no harm.
bool isOnEveryPath(const FunctionFlow &flow, SyntaxNode node) {
  const ControlFlowGraph &graph = flow.graph;
  SyntaxNode element = graph.elementOf(node);
  if (!element || !isSurelyEvaluated(node, element))
    return false;
  BlockId avoided = graph.pointOf(node).block;
  llvm::BitVector seen(static_cast<unsigned>(graph.blocks().size()));
  llvm::SmallVector<BlockId, 8> work{graph.entry()};
  while (!work.empty()) {
    BlockId id = work.pop_back_val();
    if (id == avoided || seen.test(id))
      continue;
    if (id == graph.exit())
      return false;
    seen.set(id);
    for (FlowEdge edge : graph.block(id).successors)
      if (edge.kind != EdgeKind::Exception && !skipsSureLoop(flow, edge))
        work.push_back(edge.target);
  }
  return true;
}

/// LoopModel::repeatingLoopOf, or the same among the `while` loops only.
LoopId repeatingLoopOf(const FunctionFlow &flow, SyntaxNode node, ForLoops forLoops) {
  LoopId loop = flow.loops.repeatingLoopOf(node);
  if (forLoops == ForLoops::Count)
    return loop;
  while (loop != kNoId &&
         !(flow.loops.kind(loop) != LoopKind::Counted && flow.loops.isRepeating(loop) &&
           flow.loops.onPassOf(loop, node).kind >= PassKind::Mode))
    loop = flow.graph.loop(loop).parent;
  return loop;
}

} // namespace

std::optional<Repetition> repetitionOf(const Module &module, SyntaxNode node, ForLoops forLoops) {
  struct Step {
    FunctionId function;
    SyntaxNode node;
    llvm::SmallVector<SyntaxNode, 2> calls; ///< innermost first
  };
  const SemanticModel &model = module.model();
  std::deque<Step> queue{{model.functionOf(node), node, {}}};
  llvm::DenseSet<FunctionId> seen{queue.front().function};
  while (!queue.empty() && seen.size() < kFunctionLimit) {
    Step step = queue.front();
    queue.pop_front();
    const FunctionFlow &flow = module.flow(step.function);
    if (LoopId loop = repeatingLoopOf(flow, step.node, forLoops); loop != kNoId) {
      Repetition found{step.function, loop, flow.loops.onPassOf(loop, step.node), {}};
      found.calls.assign(step.calls.rbegin(), step.calls.rend());
      return found;
    }
    bool isPlain = !model.function(step.function).isGenerator && !model.isModuleBody(step.function);
    if (!isPlain || step.calls.size() >= kChainDepth || !isOnEveryPath(flow, step.node))
      continue;
    for (const CallEdge &edge : module.callersOf(step.function)) {
      if (!seen.insert(edge.caller).second)
        continue;
      queue.push_back({edge.caller, edge.call, step.calls});
      queue.back().calls.push_back(edge.call);
    }
  }
  return std::nullopt;
}

} // namespace fraglint
