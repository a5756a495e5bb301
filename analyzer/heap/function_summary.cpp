#include "heap/function_summary.h"

#include "heap/name_liveness.h"
#include "heap/value_flow.h"
#include "heap/value_hold.h"
#include "semantic/evaluation.h"

#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/STLExtras.h"

namespace fraglint {

namespace {

/// How many calls deep summaries and callers are followed.
constexpr unsigned kCallDepth = 32;
/// How many callers of a function, and how many functions, one question looks at.
constexpr size_t kCallerLimit = 16;
constexpr size_t kFunctionLimit = 200;
/// How many sites findings name, and which part of what is large each of them takes at least.
constexpr size_t kNamedSites = 4;
constexpr int64_t kNamedPartOfLarge = 16;

} // namespace

/// A pass of a loop, or a call of a function, gone through once.
struct GarbageModel::Run {
  PassGraph graph;
  std::vector<GarbagePile> starts; ///< by index of the graph's blocks
  GarbagePile end;
};

struct GarbageModel::Effect {
  FunctionSummary summary;
  llvm::SmallVector<PileEntry, 4> left;
  llvm::SmallVector<PileEntry, 2> returned;
};

GarbageModel::GarbageModel(const Module &module, const Target &target,
                           const CollectionModel &collections)
    : module_(module), target_(target), collections_(collections),
      effects_(module.model().functions().size()), asking_(effects_.size()),
      groups_(module.model(), target), entering_(effects_.size()) {}

GarbageModel::~GarbageModel() = default;

Garbage GarbageModel::garbageOf(const GarbagePile &pile,
                                llvm::function_ref<Part(const PileEntry &)> partOf) const {
  Garbage garbage;
  for (const PileEntry &entry : pile.entries()) {
    Part part = partOf(entry);
    Interval bytes = part == Part::All ? entry.bytes() : entry.temporaries;
    if (part == Part::None || bytes.hi == 0)
      continue;
    garbage.bytes = garbage.bytes + bytes;
    garbage.presumedLarge |= part == Part::Temporaries
                                 ? entry.site->leavesLarge
                                 : entry.hold == Hold::Nothing && entry.site->presumedLarge;
    garbage.sites.push_back(entry.site);
  }
  auto size = [](const AllocationSite *site) {
    return std::pair(site->presumedLarge, (site->cost.retained + site->cost.garbage).lo);
  };
  llvm::stable_sort(garbage.sites, [&](const AllocationSite *a, const AllocationSite *b) {
    return size(a) > size(b);
  });
  // Small ones are counted, not named.
  int64_t least = target_.largeBytes() / kNamedPartOfLarge;
  while (garbage.sites.size() > 1 && (garbage.sites.size() > kNamedSites ||
                                      size(garbage.sites.back()) < std::pair(false, least)))
    garbage.sites.pop_back();
  return garbage;
}

// --- One way through a function ----------------------------------------------------------------

/// How often a pass of `loop` comes to `block`: the trips of the loops between, at least one.
Interval GarbageModel::timesPerPass(FunctionId function, LoopId loop, BlockId block) const {
  const FunctionFlow &flow = module_.flow(function);
  Interval times = Interval::exactly(1);
  for (LoopId inner = flow.graph.block(block).loop; inner != loop && inner != kNoId;
       inner = flow.graph.loop(inner).parent)
    times = times * flow.loops.trips(inner).clampedBelow(1);
  return times;
}

/// Adds what evaluating one element leaves, and takes away what it collects.
void GarbageModel::evaluate(GarbagePile &pile, FunctionId function, LoopId loop, BlockId block,
                            uint32_t index) const {
  SyntaxNode element = module_.flow(function).graph.block(block).elements[index];
  if (element.hasError() || element.kind() == NodeKind::FunctionDefinition)
    return;
  Interval times = timesPerPass(function, loop, block);
  // `portal.fetch(url).json()`: what is made behind the collection stays.
  auto isBehindCollect = [&](const AllocationSite &site) {
    return llvm::any_of(site.node.children(),
                        [&](SyntaxNode part) { return collections_.collects(part); });
  };
  auto addSites = [&](bool behindCollect) {
    for (const AllocationSite &site : collections_.sitesIn(element)) {
      if (site.function != function || !isSurelyEvaluated(site.node, element) ||
          isBehindCollect(site) != behindCollect)
        continue;
      PileEntry entry{&site, site.cost.garbage * times, site.cost.retained * times,
                      holdOf(module_.model(), site)};
      if (entry.hold == Hold::Container)
        findContainer(module_.model(), site.node, entry);
      pile.add(entry, target_);
    }
  };
  if (asksSession(module_.model(), element))
    pile.releaseLibrary();
  addSites(false);
  groups_.apply(element, module_.flow(function).graph.block(block).loop != loop, pile);
  if (collections_.collects(element)) {
    pile.clear();
    addSites(true);
  }
  enterCalls(pile, element, times);
}

void GarbageModel::enterCalls(GarbagePile &pile, SyntaxNode element, Interval times) const {
  forEachCall(element, [&](SyntaxNode call) {
    FunctionId callee = module_.model().calleeFunction(call);
    if (callee == kNoId)
      return;
    const Effect &effect = effectOf(callee);
    bool reported = effect.summary.left.isAtLeast(target_.largeBytes());
    auto add = [&](PileEntry entry) {
      entry.temporaries = entry.temporaries * times;
      entry.value = entry.value * times;
      pile.add(entry, target_);
    };
    for (PileEntry entry : effect.left) {
      // What a call leaves in answer to an event only is no matter of the call.
      entry.reported |= reported && entry.hold == Hold::Nothing &&
                        onCallOf(callee, *entry.site).kind > PassKind::Event;
      add(entry);
    }
    if (effect.returned.empty())
      return;
    Hold hold = holdOf(module_.model(), call);
    for (PileEntry entry : effect.returned) {
      entry.hold = hold;
      if (hold == Hold::Container)
        findContainer(module_.model(), call, entry);
      add(entry);
    }
  });
}

std::unique_ptr<GarbageModel::Run> GarbageModel::runThrough(FunctionId function, LoopId loop,
                                                            const GarbagePile &initial) const {
  const FunctionFlow &flow = module_.flow(function);
  auto run = std::make_unique<Run>(
      Run{PassGraph(flow.graph, loop, [&](LoopId inner) { return flow.loops.isEntered(inner); }),
          {},
          {}});
  llvm::ArrayRef<BlockId> blocks = run->graph.blocks();
  if (blocks.empty())
    return run;
  run->starts.resize(blocks.size());
  std::vector<bool> reached(blocks.size());
  run->starts[0] = initial;
  for (PassGraph::Index i = 0; i < blocks.size(); ++i) {
    GarbagePile pile = run->starts[i];
    for (uint32_t e = 0; e < flow.graph.block(blocks[i]).elements.size(); ++e)
      evaluate(pile, function, loop, blocks[i], e);
    for (PassGraph::Edge edge : run->graph.successors(i)) {
      if (!reached[edge.target] || pile.isHeavierThan(run->starts[edge.target]))
        run->starts[edge.target] = pile;
      reached[edge.target] = true;
    }
    if (i + 1 == blocks.size())
      run->end = std::move(pile);
  }
  return run;
}

// --- Functions ---------------------------------------------------------------------------------

const GarbageModel::Effect &GarbageModel::effectOf(FunctionId function) const {
  static const Effect kNone;
  const Function &info = module_.model().function(function);
  // A function that asks about itself adds nothing to itself: what is known of it stays sure.
  if (info.isOpaque || info.isGenerator || asking_[function] || depth_ == kCallDepth)
    return kNone;
  if (effects_[function])
    return *effects_[function];
  asking_[function] = true;
  ++depth_;
  auto effect = std::make_unique<Effect>();
  std::unique_ptr<Run> run = runThrough(function, kNoId, {});
  GarbagePile left;
  for (PileEntry entry : run->end.entries()) {
    // In the long run each call leaves what a library held since the call before.
    bool dies = entry.hold <= Hold::Library;
    // The label of another function stays, and shows the new text when the old one is gone.
    bool isText = entry.site->kind == AllocationKind::LabelText && entry.hold == Hold::Place;
    if (entry.hold == Hold::Return) {
      effect->returned.push_back(entry);
      effect->summary.returned.push_back(entry.site);
      entry.hold = Hold::Container;
    } else if ((!dies || entry.released || isText) && !entry.isBrief &&
               effect->summary.kept.size() < kNamedSites) {
      effect->summary.kept.push_back(entry.site);
    }
    if (dies)
      entry.hold = Hold::Nothing;
    if (entry.hold != Hold::Container || entry.container != kNoId || entry.temporaries.hi > 0)
      left.add(entry, target_);
  }
  effect->left.assign(left.entries().begin(), left.entries().end());
  effect->summary.left = garbageOf(
      left, [](const PileEntry &entry) { return entry.released ? Part::None : Part::All; });
  effect->summary.mustCollect = collections_.mustCollect(function);
  --depth_;
  asking_[function] = false;
  effects_[function] = std::move(effect);
  return *effects_[function];
}

const FunctionSummary &GarbageModel::summary(FunctionId function) const {
  return effectOf(function).summary;
}

// NOLINTBEGIN(misc-no-recursion): kCallDepth bounds it.

GarbagePile GarbageModel::pileAtEntry(FunctionId function) const {
  GarbagePile heaviest;
  if (module_.model().isModuleBody(function) || entering_[function] || depth_ == kCallDepth)
    return heaviest;
  entering_[function] = true;
  ++depth_;
  // A callback comes upon what its last call left, if not on more.
  if (module_.isCallback(function)) {
    heaviest = runThrough(function, kNoId, {})->end;
    heaviest.replaceValues();
  }
  for (const CallEdge &edge : module_.callersOf(function).take_front(kCallerLimit)) {
    GarbagePile pile = pileBefore(edge.call);
    if (pile.isHeavierThan(heaviest))
      heaviest = std::move(pile);
  }
  --depth_;
  entering_[function] = false;
  return heaviest;
}

// --- Loops and places --------------------------------------------------------------------------

/// A pass in the long run: a loop's begins with what the pass before left, a function's with
/// what its callers left.
const GarbageModel::Run &GarbageModel::steadyRun(FunctionId function, LoopId loop) const {
  auto known = runs_.find({function, loop});
  if (known != runs_.end())
    return *known->second;
  GarbagePile initial;
  if (loop == kNoId) {
    initial = pileAtEntry(function);
  } else {
    initial = runThrough(function, loop, {})->end;
    initial.replaceValues();
  }
  std::unique_ptr<Run> run = runThrough(function, loop, initial);
  std::unique_ptr<Run> &kept = runs_[{function, loop}];
  kept = std::move(run);
  return *kept;
}

LoopId GarbageModel::endlessLoopAround(SyntaxNode node) const {
  const FunctionFlow &flow = module_.flow(module_.model().functionOf(node));
  FlowPoint point = flow.graph.pointOf(node);
  LoopId outermost = kNoId;
  if (point.block == kNoId)
    return outermost;
  for (LoopId loop = flow.graph.block(point.block).loop; loop != kNoId;
       loop = flow.graph.loop(loop).parent)
    if (flow.loops.kind(loop) == LoopKind::Endless)
      outermost = loop;
  return outermost;
}

GarbagePile GarbageModel::pileBefore(SyntaxNode node) const {
  FunctionId function = module_.model().functionOf(node);
  FlowPoint point = module_.flow(function).graph.pointOf(node);
  if (point.block == kNoId)
    return {};
  LoopId loop = endlessLoopAround(node);
  const Run &run = steadyRun(function, loop);
  PassGraph::Index index = run.graph.indexOf(point.block);
  if (index == kNoId)
    return {};
  GarbagePile pile = run.starts[index];
  for (uint32_t e = 0; e < point.index; ++e)
    evaluate(pile, function, loop, point.block, e);
  return pile;
}

// NOLINTEND(misc-no-recursion)

Garbage GarbageModel::waitingAt(SyntaxNode node, const AllocationSite *site) const {
  return garbageOf(pileBefore(node), [&](const PileEntry &entry) {
    // What a call leaves, or a buffer made anew on each pass, is mended where it is made.
    bool isRemade = entry.site->kind == AllocationKind::Buffer && !entry.released;
    if (entry.reported || isRemade)
      return Part::None;
    // Its own value may still be bound.
    bool isOwn = entry.site == site || (site->node.contains(entry.site->node) &&
                                        entry.site->kind != AllocationKind::Document);
    return isOwn && !entry.released ? Part::Temporaries : Part::All;
  });
}

Garbage GarbageModel::perPass(FunctionId function, LoopId loop) const {
  GarbagePile pile = runThrough(function, loop, {})->end;
  pile.replaceValues();
  return garbageOf(pile, [](const PileEntry &) { return Part::All; });
}

bool GarbageModel::outlivesPass(const AllocationSite &site, LoopId loop) const {
  if (site.kind == AllocationKind::LabelText)
    return !(site.label && loop != kNoId &&
             module_.flow(site.function).graph.loop(loop).node.contains(site.label));
  if (site.kind == AllocationKind::Text)
    return false;
  ValueHolders holders = followValue(module_.model(), site.node);
  if (holders.keeper)
    return !(holders.keeper.kind() == NodeKind::ReturnStatement);
  return llvm::any_of(holders.symbols, [&](SymbolId symbol) {
    return isReadAcrossPasses(module_, site.function, loop, symbol);
  });
}

const AllocationSite *GarbageModel::longLivedIn(FunctionId function, LoopId loop,
                                                SyntaxNode element) const {
  for (const AllocationSite &site : collections_.sitesIn(element))
    if (site.function == function && outlivesPass(site, loop))
      return &site;
  const AllocationSite *found = nullptr;
  forEachCall(element, [&](SyntaxNode call) {
    FunctionId callee = module_.model().calleeFunction(call);
    if (callee != kNoId && found == nullptr && !summary(callee).kept.empty())
      found = summary(callee).kept.front();
  });
  return found;
}

SettledObject GarbageModel::settledAfterGarbage(FunctionId function, LoopId loop,
                                                int64_t least) const {
  std::unique_ptr<Run> run = runThrough(function, loop, {});
  const ControlFlowGraph &graph = module_.flow(function).graph;
  for (PassGraph::Index i = 0; i < run->graph.blocks().size(); ++i) {
    BlockId block = run->graph.blocks()[i];
    GarbagePile pile = run->starts[i];
    for (uint32_t e = 0; e < graph.block(block).elements.size(); ++e) {
      // What this pass has put in its place, the pass before has left.
      GarbagePile replaced = pile;
      groups_.apply(graph.block(block).elements[e], graph.block(block).loop != loop, replaced);
      replaced.replaceValues();
      Garbage before = garbageOf(replaced, [](const PileEntry &) { return Part::All; });
      const AllocationSite *site = longLivedIn(function, loop, graph.block(block).elements[e]);
      // A label lets go of its old text first, then makes the new.
      if (site != nullptr && site->kind == AllocationKind::LabelText)
        before.bytes = before.bytes + site->cost.retained;
      bool isBrief = llvm::any_of(run->end.entries(), [&](const PileEntry &entry) {
        return entry.site == site && entry.isBrief;
      });
      // What is large itself is to be collected for by itself.
      bool isLarge =
          site != nullptr &&
          (site->presumedLarge || site->cost.contiguous().bytes.lo >= target_.largeBytes()) &&
          before.isAtLeast(target_.largeBytes());
      if (site != nullptr && !isBrief && !isLarge && before.isAtLeast(least))
        return {site, std::move(before)};
      evaluate(pile, function, loop, block, e);
    }
  }
  return {};
}

bool GarbageModel::staysOn(const AllocationSite &site) const {
  auto stays = [&](SyntaxNode value) {
    ValueHolders holders = followValue(module_.model(), value);
    if (holders.keeper)
      return !(holders.keeper.kind() == NodeKind::ReturnStatement);
    LoopId loop = endlessLoopAround(value);
    FunctionId function = module_.model().functionOf(value);
    return loop != kNoId && llvm::any_of(holders.symbols, [&](SymbolId symbol) {
             return isReadAcrossPasses(module_, function, loop, symbol);
           });
  };
  if (holdOf(module_.model(), site.node) != Hold::Return)
    return stays(site.node);
  // What a function returns stays where a caller keeps it.
  return llvm::any_of(module_.callersOf(site.function).take_front(kCallerLimit),
                      [&](const CallEdge &edge) { return stays(edge.call); });
}

PassFacts GarbageModel::onCallOf(FunctionId function, const AllocationSite &site) const {
  // From the site outwards: how surely a call of each function comes to it, best first.
  std::map<FunctionId, PassFacts> known{
      {site.function, module_.flow(site.function).loops.onCall(site.node)}};
  llvm::SmallVector<FunctionId, 8> work{site.function};
  while (!work.empty() && known.size() < kFunctionLimit) {
    FunctionId inner = work.pop_back_val();
    for (const CallEdge &edge : module_.callersOf(inner)) {
      PassFacts facts = bothOf(module_.flow(edge.caller).loops.onCall(edge.call), known[inner]);
      auto [at, isNew] = known.try_emplace(edge.caller, facts);
      if (!isNew && facts.kind <= at->second.kind)
        continue;
      at->second = facts;
      work.push_back(edge.caller);
    }
  }
  auto found = known.find(function);
  return found == known.end() ? PassFacts{} : found->second;
}

bool GarbageModel::isHot(SyntaxNode node) const {
  if (endlessLoopAround(node) != kNoId)
    return true;
  llvm::SmallVector<FunctionId, 8> work{module_.model().functionOf(node)};
  llvm::DenseSet<FunctionId> seen{work.front()};
  while (!work.empty() && seen.size() < kFunctionLimit) {
    FunctionId function = work.pop_back_val();
    if (module_.isCallback(function) && module_.hasEndlessLoop())
      return true;
    for (const CallEdge &edge : module_.callersOf(function)) {
      if (endlessLoopAround(edge.call) != kNoId)
        return true;
      if (seen.insert(edge.caller).second)
        work.push_back(edge.caller);
    }
  }
  return false;
}

} // namespace fraglint
