#include "heap/collection.h"

#include "semantic/call_arguments.h"
#include "semantic/call_traits.h"
#include "semantic/evaluation.h"

#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/STLExtras.h"

#include <deque>

namespace fraglint {

namespace {

/// Blocks one search may look at; past them it has found nothing.
constexpr unsigned kBlockLimit = 20000;
/// How many calls deep it is asked whether a function collects.
constexpr unsigned kCallDepth = 64;

/// Calls `visit` for each call that evaluating `element` surely makes, until it gives true.
bool anyCall(SyntaxNode element, llvm::function_ref<bool(SyntaxNode)> visit) {
  if (element.kind() == NodeKind::FunctionDefinition)
    return false;
  for (SyntaxNode node = element; node && element.contains(node);) {
    if (!(node == element) && isConditionalOrDeferred(node)) {
      node = node.firstAfter();
      continue;
    }
    if (node.kind() == NodeKind::Call && visit(node))
      return true;
    node = node.next();
  }
  return false;
}

bool isImport(SyntaxNode element) {
  return element.kind() == NodeKind::ImportStatement ||
         element.kind() == NodeKind::ImportFromStatement;
}

} // namespace

CollectionModel::CollectionModel(const Module &module, const Target &target,
                                 llvm::ArrayRef<AllocationSite> sites)
    : module_(module), target_(target), sites_(sites),
      mustCollect_(module.model().functions().size(), Answer::Unasked) {}

bool CollectionModel::callCollects(SyntaxNode call) const {
  const SemanticModel &model = module_.model();
  if (callHas(model, call, Trait::Collects))
    return true;
  FunctionId callee = model.calleeFunction(call);
  return callee != kNoId && mustCollect(callee);
}

bool CollectionModel::importCollects(SyntaxNode statement) const {
  if (!target_.collectsOnImport())
    return false;
  if (statement.kind() == NodeKind::ImportFromStatement)
    return !isBuiltinModule(statement.child(Field::ModuleName).text());
  if (statement.kind() != NodeKind::ImportStatement)
    return false;
  return llvm::any_of(statement.children(), [](SyntaxNode name) {
    SyntaxNode module = name.kind() == NodeKind::AliasedImport ? name.child(Field::Name) : name;
    return !isBuiltinModule(module.text());
  });
}

bool CollectionModel::collects(SyntaxNode element) const {
  auto known = collects_.find(element.ordinal());
  if (known != collects_.end())
    return known->second;
  bool answer = importCollects(element) ||
                anyCall(element, [&](SyntaxNode call) { return callCollects(call); });
  collects_[element.ordinal()] = answer;
  return answer;
}

bool CollectionModel::mustCollect(FunctionId function) const {
  Answer answer = mustCollect_[function];
  // A function that asks about itself is assumed not to: the answer must be sure.
  if (answer == Answer::Asking || module_.model().function(function).isOpaque ||
      module_.model().function(function).isAsync || module_.model().function(function).isGenerator)
    return false;
  if (answer != Answer::Unasked)
    return answer == Answer::Yes;
  // Chains of calls are followed to a fixed depth; past it the answer is not sure.
  if (depth_ == kCallDepth)
    return false;
  ++depth_;
  mustCollect_[function] = Answer::Asking;

  const ControlFlowGraph &graph = module_.flow(function).graph;
  bool sure = collectsBetween(graph, graph.entry(), graph.exit(), graph.raisedExit());
  mustCollect_[function] = sure ? Answer::Yes : Answer::No;
  --depth_;
  return sure;
}

bool CollectionModel::collectsEveryPass(FunctionId function, LoopId loop) const {
  auto [known, isNew] = collectsEveryPass_.try_emplace({function, loop}, false);
  if (isNew) {
    const ControlFlowGraph &graph = module_.flow(function).graph;
    bool answer = collectsBetween(graph, graph.loop(loop).header, graph.loop(loop).latch,
                                  graph.loop(loop).after);
    collectsEveryPass_[{function, loop}] = answer;
    return answer;
  }
  return known->second;
}

/// Functions with a call in their code for which `wanted` holds, and those that call them,
/// however far away; error handlers do not count.
std::vector<bool>
CollectionModel::functionsWith(llvm::function_ref<bool(SyntaxNode)> wanted) const {
  const SemanticModel &model = module_.model();
  std::vector<bool> found(model.functions().size());
  llvm::SmallVector<FunctionId, 8> work;
  auto add = [&](FunctionId function) {
    if (found[function])
      return;
    found[function] = true;
    work.push_back(function);
  };
  for (uint32_t i = 0; i < model.tree().statementCount(); ++i) {
    SyntaxNode statement = model.tree().statement(i);
    for (SyntaxNode node = statement; node && statement.contains(node);) {
      if (node.kind() == NodeKind::ExceptClause) {
        node = node.firstAfter();
        continue;
      }
      if (node.kind() == NodeKind::Call && wanted(node))
        add(model.functionOf(node));
      node = node.next();
    }
  }
  while (!work.empty())
    for (const CallEdge &edge : module_.callersOf(work.pop_back_val()))
      if (!edge.call.enclosing(NodeKind::ExceptClause))
        add(edge.caller);
  return found;
}

bool CollectionModel::mayCollect(SyntaxNode call) const {
  auto collects = [&](SyntaxNode node) { return callHas(module_.model(), node, Trait::Collects); };
  if (mayCollect_.empty())
    mayCollect_ = functionsWith(collects);
  FunctionId callee = module_.model().calleeFunction(call);
  return collects(call) || (callee != kNoId && mayCollect_[callee]);
}

/// The same for `gc.collect()` itself: what a library collects before it starts is no care for
/// what its caller leaves.
bool CollectionModel::mayTend(SyntaxNode call) const {
  auto tends = [&](SyntaxNode node) { return module_.model().calleeName(node) == "gc.collect"; };
  if (mayTend_.empty())
    mayTend_ = functionsWith(tends);
  FunctionId callee = module_.model().calleeFunction(call);
  return tends(call) || (callee != kNoId && mayTend_[callee]);
}

/// Whether `wanted` holds for a call in the body of the loop that no error handler makes.
static bool anyCallInLoop(SyntaxNode loop, llvm::function_ref<bool(SyntaxNode)> wanted) {
  for (SyntaxNode node = loop; node && loop.contains(node);) {
    if (node.kind() == NodeKind::ExceptClause || node.kind() == NodeKind::FunctionDefinition) {
      node = node.firstAfter();
      continue;
    }
    if (node.kind() == NodeKind::Call && wanted(node))
      return true;
    node = node.next();
  }
  return false;
}

bool CollectionModel::mayCollectIn(FunctionId function, LoopId loop) const {
  return anyCallInLoop(module_.flow(function).graph.loop(loop).node,
                       [&](SyntaxNode call) { return mayCollect(call); });
}

bool CollectionModel::collectsOnDemand(FunctionId function, LoopId loop) const {
  return anyCallInLoop(module_.flow(function).graph.loop(loop).node, [&](SyntaxNode call) {
    return mayTend(call) && isTendingCollect(function, loop, call);
  });
}

bool CollectionModel::setsThreshold() const {
  if (!target_.heap->hasThreshold)
    return false;
  const SemanticModel &model = module_.model();
  std::vector<bool> sets = functionsWith([&](SyntaxNode call) {
    if (model.calleeName(call) != "gc.threshold")
      return false;
    SyntaxNode bytes = CallArguments(call).get(0);
    return bytes && model.intervalOf(bytes).hi >= 0; // -1 switches it off
  });
  for (FunctionId function = 0; function < sets.size(); ++function)
    if (sets[function] && model.isModuleBody(function))
      return true;
  return false;
}

/// Whether the function's own code makes something large.
bool CollectionModel::makesLarge(FunctionId function) const {
  return llvm::any_of(sites_, [&](const AllocationSite &site) {
    return site.function == function &&
           (site.presumedLarge || site.cost.contiguous().bytes.lo >= target_.largeBytes());
  });
}

/// Whether a call that may collect is made for the memory's sake: it is no answer to an event.
bool CollectionModel::isTendingCollect(FunctionId function, LoopId loop, SyntaxNode call) const {
  const SemanticModel &model = module_.model();
  FunctionId callee = model.calleeFunction(call);
  if (callee != kNoId && makesLarge(callee))
    return false; // it collects what it makes itself
  PassKind pass = module_.flow(function).loops.onPassOf(loop, call).kind;
  bool isConditional = callee != kNoId && !mustCollect(callee);
  if (pass == PassKind::EveryPass)
    return isConditional;
  if (pass != PassKind::Event)
    return true;
  SyntaxNode test = call.enclosing(NodeKind::IfStatement).child(Field::Condition);
  for (SyntaxNode node = test; node && test.contains(node); node = node.next()) {
    if (node.kind() == NodeKind::Attribute && node.text().contains("mem_"))
      return true;
    SymbolId symbol = node.kind() == NodeKind::Identifier ? model.symbolOf(node) : kNoId;
    if (symbol != kNoId && llvm::any_of(model.symbol(symbol).bindings, [&](BindingId id) {
          return model.binding(id).kind == BindingKind::AugmentedAssignment;
        }))
      return true;
  }
  return false;
}

/// Whether no path without an exception leads from the start of `from` to the end of `to` past
/// all collections; paths through `beyond` do not count.
bool CollectionModel::collectsBetween(const ControlFlowGraph &graph, BlockId from, BlockId to,
                                      BlockId beyond) const {
  llvm::DenseSet<BlockId> seen{beyond};
  llvm::SmallVector<BlockId, 8> work{from};
  while (!work.empty()) {
    BlockId id = work.pop_back_val();
    if (!seen.insert(id).second)
      continue;
    const BasicBlock &block = graph.block(id);
    if (llvm::any_of(block.elements, [&](SyntaxNode element) { return collects(element); }))
      continue;
    if (id == to)
      return false;
    for (FlowEdge edge : block.successors)
      if (edge.kind != EdgeKind::Exception)
        work.push_back(edge.target);
  }
  return true;
}

bool CollectionModel::mayCollectBehind(SyntaxNode node) const {
  const ControlFlowGraph &graph = module_.flow(module_.model().functionOf(node)).graph;
  FlowPoint point = graph.pointOf(node);
  if (point.block == kNoId)
    return false;
  auto collect = [&](SyntaxNode element) { return collects(element); };
  if (llvm::any_of(llvm::ArrayRef(graph.block(point.block).elements).drop_front(point.index + 1),
                   collect))
    return true;
  llvm::DenseSet<BlockId> seen;
  llvm::SmallVector<BlockId, 8> work{point.block};
  while (!work.empty())
    for (FlowEdge edge : graph.block(work.pop_back_val()).successors) {
      if (edge.kind == EdgeKind::Exception || !seen.insert(edge.target).second)
        continue;
      if (llvm::any_of(graph.block(edge.target).elements, collect))
        return true;
      work.push_back(edge.target);
    }
  return false;
}

llvm::ArrayRef<AllocationSite> CollectionModel::sitesIn(SyntaxNode element) const {
  auto before = [](const AllocationSite &site, uint32_t ordinal) {
    return site.node.ordinal() < ordinal;
  };
  const AllocationSite *first = llvm::lower_bound(sites_, element.ordinal(), before);
  const AllocationSite *last = first;
  while (last != sites_.end() && element.contains(last->node))
    ++last;
  return {first, last};
}

/// A breadth-first search over blocks of several functions: the nearest site is found first.
struct CollectionModel::Walk {
  struct Place {
    FunctionId function;
    FlowPoint point;
    bool returns; ///< whether to go on behind the function's calls at its exit
  };

  const CollectionModel &collections;
  Predicate wanted;
  std::deque<Place> queue;
  llvm::DenseSet<std::pair<FunctionId, BlockId>> seen;
  llvm::DenseSet<FunctionId> entered;
  llvm::DenseSet<FunctionId> left;
  unsigned blocks = 0;

  const AllocationSite *run() {
    while (!queue.empty() && ++blocks < kBlockLimit) {
      Place place = queue.front();
      queue.pop_front();
      if (const AllocationSite *site = visit(place))
        return site;
    }
    return nullptr;
  }

  void enqueue(FunctionId function, BlockId block, bool returns) {
    if (seen.insert({function, block}).second)
      queue.push_back({function, {block, 0}, returns});
  }

  const AllocationSite *visit(Place place) {
    const ControlFlowGraph &graph = collections.module_.flow(place.function).graph;
    const BasicBlock &block = graph.block(place.point.block);
    for (uint32_t i = place.point.index; i < block.elements.size(); ++i) {
      SyntaxNode element = block.elements[i];
      // Nobody knows what broken code does: the path ends there too.
      if (element.hasError())
        return nullptr;
      for (const AllocationSite &site : collections.sitesIn(element))
        if (site.function == place.function && wanted(site))
          return &site;
      enterCalls(element);
      // Arguments, and what a callee makes before it collects, come first.
      if (collections.collects(element))
        return nullptr;
    }
    for (FlowEdge edge : block.successors)
      if (edge.kind != EdgeKind::Exception)
        enqueue(place.function, edge.target, place.returns);
    if (place.point.block == graph.exit() && place.returns)
      leave(place.function);
    return nullptr;
  }

  /// What a called function allocates before it collects counts too. That it may collect on
  /// the way back is not used: the search goes on behind the call either way.
  void enterCalls(SyntaxNode element) {
    if (isImport(element))
      for (const CallEdge &edge : collections.module_.model().callsAt(element))
        enter(edge.callee);
    anyCall(element, [&](SyntaxNode call) {
      FunctionId callee = collections.module_.model().calleeFunction(call);
      if (callee != kNoId)
        enter(callee);
      return false;
    });
  }

  void enter(FunctionId callee) {
    if (!collections.module_.model().function(callee).isOpaque && entered.insert(callee).second)
      enqueue(callee, collections.module_.flow(callee).graph.entry(), false);
  }

  void leave(FunctionId function) {
    if (!left.insert(function).second)
      return;
    for (const CallEdge &edge : collections.module_.callersOf(function))
      behind(edge.caller, edge.call);
  }

  void behind(FunctionId function, SyntaxNode node) {
    FlowPoint point = collections.module_.flow(function).graph.pointOf(node);
    if (point.block != kNoId)
      queue.push_back({function, {point.block, point.index + 1}, true});
  }
};

const AllocationSite *CollectionModel::nextBeforeCollect(FunctionId function, SyntaxNode node,
                                                         Predicate wanted) const {
  Walk walk{*this, wanted, {}, {}, {}, {}};
  walk.behind(function, node);
  return walk.run();
}

} // namespace fraglint
