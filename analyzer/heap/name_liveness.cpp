#include "heap/name_liveness.h"

#include "llvm/ADT/BitVector.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"

#include <algorithm>

namespace fraglint {

namespace {

/// What happens to one name at the elements of one function's graph.
class NameEvents {
public:
  NameEvents(const Module &module, FunctionId function, SymbolId symbol)
      : graph_(module.flow(function).graph) {
    const SemanticModel &model = module.model();
    for (BindingId id : model.symbol(symbol).bindings)
      if (model.binding(id).function == function)
        add(model.binding(id).name, model.binding(id).kind != BindingKind::AugmentedAssignment);
    for (SyntaxNode load : model.symbol(symbol).references)
      if (model.functionOf(load) == function)
        add(load, false);
    std::sort(events_.begin(), events_.end());
  }

  enum class Outcome : uint8_t { Nothing, Reads, Binds };

  /// The first thing that happens in `block` from element `index` on; within one element reads
  /// come before bindings.
  Outcome firstFrom(BlockId block, uint32_t index) const {
    auto at = std::lower_bound(events_.begin(), events_.end(), Event{block, index, false});
    if (at == events_.end() || at->block != block)
      return Outcome::Nothing;
    return at->binds ? Outcome::Binds : Outcome::Reads;
  }

private:
  struct Event {
    BlockId block;
    uint32_t index;
    bool binds;
    friend auto operator<=>(const Event &, const Event &) = default;
  };

  void add(SyntaxNode node, bool binds) {
    FlowPoint point = graph_.pointOf(node);
    if (point.block != kNoId)
      events_.push_back({point.block, point.index, binds});
  }

  const ControlFlowGraph &graph_;
  llvm::SmallVector<Event, 8> events_;
};

/// Whether some path from the start of one of the blocks `work` meets a read before any binding,
/// without passing the block `beyond`.
bool meetsRead(const ControlFlowGraph &graph, const NameEvents &events,
               llvm::SmallVector<BlockId, 8> work, BlockId beyond) {
  llvm::BitVector seen(static_cast<unsigned>(graph.blocks().size()));
  while (!work.empty()) {
    BlockId id = work.pop_back_val();
    if (seen.test(id))
      continue;
    seen.set(id);
    switch (events.firstFrom(id, 0)) {
    case NameEvents::Outcome::Reads:
      return true;
    case NameEvents::Outcome::Binds:
      continue;
    case NameEvents::Outcome::Nothing:
      break;
    }
    for (FlowEdge edge : graph.block(id).successors)
      if (edge.kind != EdgeKind::Exception && edge.target != beyond)
        work.push_back(edge.target);
  }
  return false;
}

} // namespace

bool isReadAcrossPasses(const Module &module, FunctionId function, LoopId loop, SymbolId symbol) {
  const ControlFlowGraph &graph = module.flow(function).graph;
  return meetsRead(graph, NameEvents(module, function, symbol), {graph.loop(loop).header},
                   graph.loop(loop).after);
}

bool isReadAfterFailure(const Module &module, FunctionId function, SyntaxNode at, SymbolId symbol) {
  const ControlFlowGraph &graph = module.flow(function).graph;
  FlowPoint point = graph.pointOf(at);
  if (point.block == kNoId)
    return false;
  // The ends of `with` and `finally` pass the failure on to the handlers around them.
  llvm::SmallVector<BlockId, 8> handlers{point.block};
  for (size_t next = 0; next < handlers.size(); ++next)
    for (FlowEdge edge : graph.block(handlers[next]).successors)
      if (edge.kind == EdgeKind::Exception && !llvm::is_contained(handlers, edge.target))
        handlers.push_back(edge.target);
  handlers.erase(handlers.begin());
  return meetsRead(graph, NameEvents(module, function, symbol), handlers, kNoId);
}

bool reaches(const Module &module, const Binding &binding, SyntaxNode at) {
  const SemanticModel &model = module.model();
  const ControlFlowGraph &graph = module.flow(binding.function).graph;
  FlowPoint from = graph.pointOf(binding.name);
  FlowPoint to = graph.pointOf(at);
  if (from.block == kNoId || to.block == kNoId)
    return false;
  llvm::SmallVector<FlowPoint, 8> others;
  for (BindingId id : model.symbol(binding.symbol).bindings) {
    const Binding &other = model.binding(id);
    FlowPoint point = graph.pointOf(other.name);
    if (other.function == binding.function && point.block != kNoId && !(point == to))
      others.push_back(point);
  }
  llvm::BitVector seen(static_cast<unsigned>(graph.blocks().size()));
  llvm::SmallVector<FlowPoint, 8> work{{from.block, from.index + 1}};
  while (!work.empty()) {
    FlowPoint start = work.pop_back_val();
    uint32_t stop = ~0U; // the first element of the block that binds the name anew
    for (FlowPoint point : others)
      if (point.block == start.block && point.index >= start.index)
        stop = std::min(stop, point.index);
    if (to.block == start.block && to.index >= start.index && to.index < stop)
      return true;
    if (stop != ~0U)
      continue;
    for (FlowEdge edge : graph.block(start.block).successors) {
      if (edge.kind == EdgeKind::Exception || seen.test(edge.target))
        continue;
      seen.set(edge.target);
      work.push_back({edge.target, 0});
    }
  }
  return false;
}

} // namespace fraglint
