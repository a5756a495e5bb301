#include "semantic/repetition.h"

#include "semantic/evaluation.h"

#include "llvm/ADT/BitVector.h"
#include "llvm/ADT/DenseSet.h"

#include <deque>

namespace fraglint {

namespace {

/// How many calls deep a chain may be, and how many calls one search may look at.
constexpr unsigned kChainDepth = 6;
constexpr unsigned kCallLimit = 200;

/// Whether `edge` passes by a loop that surely has a pass: no path in truth.
bool skipsSureLoop(const FunctionFlow &flow, FlowEdge edge) {
  if (edge.kind != EdgeKind::ZeroTrip)
    return false;
  for (LoopId loop = 0; loop < flow.graph.loops().size(); ++loop)
    if (flow.graph.loop(loop).after == edge.target && flow.loops.trips(loop).lo >= 1)
      return true;
  return false;
}

/// Whether a test looks only at names that the files of the program bind at their top, once and for
/// all: whether a sensor was found, a setting.
bool asksForSetUp(const Module &module, SyntaxNode test) {
  const SemanticModel &model = module.model();
  bool readsName = false;
  for (SyntaxNode node = test; node && test.contains(node); node = node.next()) {
    if (node.kind() == NodeKind::Call || node.kind() == NodeKind::Attribute ||
        node.kind() == NodeKind::Subscript || node.kind() == NodeKind::Await)
      return false;
    if (node.kind() != NodeKind::Identifier)
      continue;
    SymbolId symbol = model.symbolOf(node);
    bool isSetUp =
        symbol != kNoId && llvm::all_of(model.symbol(symbol).bindings, [&](BindingId id) {
          const Binding &binding = model.binding(id);
          return binding.kind != BindingKind::Parameter && model.isModuleBody(binding.function) &&
                 module.flow(binding.function).graph.loopOf(binding.name) == kNoId;
        });
    if (!isSetUp)
      return false;
    readsName = true;
  }
  return readsName;
}

/// How surely a call of the function, exceptions left aside, evaluates `node`: on every path, in
/// the mode that the set-up has chosen, or not so surely (Event). A counted loop around it that
/// surely has a pass does no harm.
PassKind onPathsOf(const Module &module, FunctionId function, SyntaxNode node) {
  const FunctionFlow &flow = module.flow(function);
  const ControlFlowGraph &graph = flow.graph;
  SyntaxNode element = graph.elementOf(node);
  if (!element || !isSurelyEvaluated(node, element))
    return PassKind::Event;
  // Backwards from the end: the blocks from which a path can do without the node.
  llvm::BitVector avoiding(static_cast<unsigned>(graph.blocks().size()));
  auto avoids = [&](FlowEdge edge) {
    return edge.kind != EdgeKind::Exception && avoiding.test(edge.target) &&
           !skipsSureLoop(flow, edge);
  };
  // A test for what the set-up has chosen, one side of which comes to the node.
  auto isMode = [&](const BasicBlock &block) {
    bool isTest = llvm::any_of(block.successors, [&](FlowEdge edge) {
      return (edge.kind == EdgeKind::True || edge.kind == EdgeKind::False) && !avoids(edge);
    });
    return isTest && !block.elements.empty() && asksForSetUp(module, block.elements.back());
  };
  BlockId wanted = graph.pointOf(node).block;
  avoiding.set(graph.exit());
  llvm::SmallVector<BlockId, 8> work{graph.exit()};
  llvm::SmallVector<BlockId, 2> modes;
  while (!work.empty()) {
    for (BlockId id : graph.block(work.pop_back_val()).predecessors) {
      const BasicBlock &block = graph.block(id);
      if (id == wanted || avoiding.test(id) || llvm::none_of(block.successors, avoids))
        continue;
      if (isMode(block)) {
        modes.push_back(id);
        continue;
      }
      avoiding.set(id);
      work.push_back(id);
    }
  }
  if (avoiding.test(graph.entry()))
    return PassKind::Event;
  bool dependsOnMode = llvm::any_of(modes, [&](BlockId id) { return !avoiding.test(id); });
  return dependsOnMode ? PassKind::Mode : PassKind::EveryPass;
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
    PassKind kind = PassKind::EveryPass; ///< of the way from here down
    llvm::SmallVector<SyntaxNode, 2> calls; ///< innermost first
  };
  const SemanticModel &model = module.model();
  std::deque<Step> queue{{model.functionOf(node), node, PassKind::EveryPass, {}}};
  llvm::DenseSet<uint32_t> seen; // ordinals of calls
  std::optional<Repetition> nearest;
  for (; !queue.empty() && seen.size() < kCallLimit; queue.pop_front()) {
    Step step = queue.front();
    if (nearest && step.calls.size() > nearest->calls.size())
      break;
    const FunctionFlow &flow = module.flow(step.function);
    if (LoopId loop = repeatingLoopOf(flow, step.node, forLoops); loop != kNoId) {
      PassFacts pass = bothOf(flow.loops.onPassOf(loop, step.node), {step.kind});
      Repetition found{step.function, loop, pass, {}};
      found.calls.assign(step.calls.rbegin(), step.calls.rend());
      // Of several calls as near, the surest.
      if (!nearest || found.pass.kind > nearest->pass.kind)
        nearest = std::move(found);
      continue;
    }
    bool isPlain = !model.function(step.function).isGenerator && !model.isModuleBody(step.function);
    PassKind kind = isPlain ? onPathsOf(module, step.function, step.node) : PassKind::Never;
    if (step.calls.size() >= kChainDepth || kind < PassKind::Mode)
      continue;
    for (const CallEdge &edge : module.callersOf(step.function)) {
      if (!seen.insert(edge.call.ordinal()).second)
        continue;
      queue.push_back({edge.caller, edge.call, std::min(step.kind, kind), step.calls});
      queue.back().calls.push_back(edge.call);
    }
  }
  return nearest;
}

} // namespace fraglint
