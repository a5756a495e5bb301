#include "heap/function_summary.h"

#include "heap/name_liveness.h"
#include "heap/old_value.h"
#include "heap/value_flow.h"
#include "semantic/call_arguments.h"
#include "semantic/call_traits.h"
#include "semantic/evaluation.h"

#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/STLExtras.h"

#include <algorithm>

namespace fraglint {

namespace {

/// How many sites one pile remembers; what comes after them is not counted.
constexpr size_t kPileLimit = 24;
/// How many calls deep summaries and callers are followed.
constexpr unsigned kCallDepth = 32;
/// How many callers of a function, and how many functions, one question looks at.
constexpr size_t kCallerLimit = 16;
constexpr size_t kFunctionLimit = 200;
/// How many sites findings name, and which part of what is large each of them takes at least.
constexpr size_t kNamedSites = 4;
constexpr int64_t kNamedPartOfLarge = 16;

/// Calls `visit` for each call that evaluating `element` surely makes in its own function.
void forEachCall(SyntaxNode element, llvm::function_ref<void(SyntaxNode)> visit) {
  if (element.kind() == NodeKind::FunctionDefinition)
    return;
  for (SyntaxNode node = element; node && element.contains(node);) {
    if (!(node == element) && isConditionalOrDeferred(node)) {
      node = node.firstAfter();
      continue;
    }
    if (node.kind() == NodeKind::Call)
      visit(node);
    node = node.next();
  }
}

/// `display.root_group = group`.
bool showsGroup(SyntaxNode assignment) {
  SyntaxNode target = assignment ? assignment.child(Field::Left) : SyntaxNode();
  return target && assignment.kind() == NodeKind::Assignment &&
         target.kind() == NodeKind::Attribute &&
         target.child(Field::Attribute).text() == "root_group";
}

/// What `del group[0]` and `group.pop()` take something out of; null for anything else.
SyntaxNode emptiedAt(SyntaxNode node) {
  if (node.kind() == NodeKind::DeleteStatement)
    return node.firstChild().kind() == NodeKind::Subscript ? node.firstChild().child(Field::Value)
                                                           : SyntaxNode();
  SyntaxNode method = node.kind() == NodeKind::Call ? node.child(Field::Function) : SyntaxNode();
  bool takesOut = method && method.kind() == NodeKind::Attribute &&
                  llvm::is_contained({"pop", "remove", "clear"}, lastNameOf(node));
  return takesOut ? method.child(Field::Object) : SyntaxNode();
}

} // namespace

// --- Piles of garbage --------------------------------------------------------------------------

/// What one site contributes.
struct GarbageModel::Entry {
  const AllocationSite *site;
  Interval temporaries; ///< garbage as soon as the value is made
  Interval value;       ///< garbage once nothing holds the value
  Hold hold;
  SymbolId container = kNoId; ///< that keeps it, where a name or attribute is that
  SyntaxNode insertion = {};  ///< the call that put it there
  bool released = false;      ///< it was taken out of its container, or that was taken down
  bool isBrief = false;       ///< it was taken out again, by `pop()`, on the pass that put it in
  bool reported = false; ///< part of what a call left that counts by itself

  Interval bytes() const { return hold == Hold::Nothing ? temporaries + value : temporaries; }
  /// For the choice of the way that leaves most. What a container may yet lose counts half.
  int64_t weight(const Target &target) const {
    int64_t whole = value.lo + (site->presumedLarge ? target.largeBytes() : 0);
    bool mayBeLost = hold == Hold::Container && container != kNoId;
    return temporaries.lo + (hold < Hold::Container ? whole : mayBeLost ? whole / 2 : 0);
  }
};

/// The contributions of one way through the code since the last collection, each site's once.
class GarbageModel::Pile {
public:
  void add(const Entry &entry, const Target &target) {
    Entry *known = llvm::find_if(entries_, [&](const Entry &e) { return e.site == entry.site; });
    if (known != entries_.end()) {
      // Its container holds the newest of them, on top of what it got before.
      if (known->released && !entry.released)
        *known = entry;
      std::rotate(known, known + 1, entries_.end());
      return;
    }
    if (entries_.size() == kPileLimit)
      return;
    entries_.push_back(entry);
    weight_ = (Interval::exactly(weight_) + Interval::exactly(entry.weight(target))).lo;
  }
  void clear() {
    entries_.clear();
    weight_ = 0;
  }
  /// What names and places held in an earlier pass was replaced since; what containers got
  /// stays in them.
  void replaceValues() {
    for (Entry &entry : entries_)
      if (entry.hold < Hold::Container)
        entry.hold = Hold::Nothing;
  }
  /// What of a Group's members goes.
  enum class Loss : uint8_t { All, Some, Last };
  /// What a Group held and for which `lost` holds is garbage.
  void release(llvm::function_ref<bool(const Entry &)> lost, Loss loss, const Target &target) {
    SyntaxNode last;
    for (Entry &entry : llvm::reverse(entries_))
      if (entry.container != kNoId && entry.hold == Hold::Container && lost(entry) &&
          (!last || entry.insertion == last)) {
        weight_ -= entry.weight(target);
        entry.hold = Hold::Nothing;
        entry.released = true;
        entry.isBrief = loss != Loss::Some;
        weight_ = (Interval::exactly(weight_) + Interval::exactly(entry.weight(target))).lo;
        if (loss == Loss::Last)
          last = entry.insertion;
      }
  }
  /// A library lets go of what it held.
  void releaseLibrary() {
    for (Entry &entry : entries_)
      if (entry.hold == Hold::Library)
        entry.hold = Hold::Nothing;
  }
  llvm::ArrayRef<Entry> entries() const { return entries_; }
  bool isHeavierThan(const Pile &other) const { return weight_ > other.weight_; }

private:
  llvm::SmallVector<Entry, 4> entries_;
  int64_t weight_ = 0;
};

/// A pass of a loop, or a call of a function, gone through once.
struct GarbageModel::Run {
  PassGraph graph;
  std::vector<Pile> starts; ///< by index of the graph's blocks
  Pile end;
};

struct GarbageModel::Effect {
  FunctionSummary summary;
  llvm::SmallVector<Entry, 4> left;
  llvm::SmallVector<Entry, 2> returned;
};

GarbageModel::GarbageModel(const Module &module, const Target &target,
                           const CollectionModel &collections)
    : module_(module), target_(target), collections_(collections),
      effects_(module.model().functions().size()), asking_(effects_.size()),
      emptied_(effects_.size()), entering_(effects_.size()) {}

GarbageModel::~GarbageModel() = default;

/// Whether the label that gets the text is made by the same function.
bool GarbageModel::makesItsLabel(const AllocationSite &site) const {
  const SemanticModel &model = module_.model();
  return site.label && model.functionOf(site.label) == site.function &&
         !model.isModuleBody(site.function);
}

GarbageModel::Hold GarbageModel::holdOf(const AllocationSite &site) const {
  // A label holds what it made of its text until it gets another, or ends with its function.
  if (site.kind == AllocationKind::LabelText)
    return makesItsLabel(site) ? Hold::Name : Hold::Place;
  if (isMadeOnce(module_.model(), site.node))
    return Hold::Container;
  Hold hold = holdOf(site.node);
  bool isDone = hold == Hold::Nothing || hold == Hold::Name;
  return isDone && site.heldByLibrary ? Hold::Library : hold;
}

GarbageModel::Hold GarbageModel::holdOf(SyntaxNode value) const {
  ValueHolders holders = followValue(module_.model(), value);
  if (!holders.keeper)
    return holders.symbols.empty() ? Hold::Nothing : Hold::Name;
  switch (holders.keeper.kind()) {
  case NodeKind::ReturnStatement:
    return Hold::Return;
  case NodeKind::Identifier:
  case NodeKind::Attribute:
    return Hold::Place;
  default:
    return Hold::Container;
  }
}

Garbage GarbageModel::garbageOf(const Pile &pile,
                                llvm::function_ref<Part(const Entry &)> partOf) const {
  Garbage garbage;
  for (const Entry &entry : pile.entries()) {
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
void GarbageModel::evaluate(Pile &pile, FunctionId function, LoopId loop, BlockId block,
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
      Entry entry{&site, site.cost.garbage * times, site.cost.retained * times, holdOf(site)};
      if (entry.hold == Hold::Container)
        findContainer(entry, site.node);
      pile.add(entry, target_);
    }
  };
  if (asksLibrary(element))
    pile.releaseLibrary();
  addSites(false);
  releaseFor(pile, element, module_.flow(function).graph.block(block).loop != loop);
  if (collections_.collects(element)) {
    pile.clear();
    addSites(true);
  }
  enterCalls(pile, element, times);
}

/// The name or attribute whose `append` (or the like) keeps the value, where it is such a one.
void GarbageModel::findContainer(Entry &entry, SyntaxNode value) const {
  SyntaxNode keeper = followValue(module_.model(), value).keeper;
  SyntaxNode method =
      keeper.kind() == NodeKind::Call ? keeper.child(Field::Function) : SyntaxNode();
  if (!method || method.kind() != NodeKind::Attribute)
    return;
  entry.container = module_.model().symbolOf(method.child(Field::Object));
  entry.insertion = keeper;
}

/// Whether a request is made, for which the session of adafruit_requests lets go of the last
/// response.
bool GarbageModel::asksLibrary(SyntaxNode element) const {
  bool asks = false;
  forEachCall(element, [&](SyntaxNode call) {
    asks |= module_.model().typeOf(call).name == "adafruit_requests.Response";
  });
  return asks;
}

/// Whether a Group that only a function's own name refers to was shown on a display: the display
/// lets go of it when it shows another.
bool GarbageModel::isShownLocally(SymbolId group) const {
  const SemanticModel &model = module_.model();
  const Symbol &symbol = model.symbol(group);
  return model.scope(symbol.scope).kind == ScopeKind::Function &&
         llvm::any_of(symbol.references, [&](SyntaxNode load) {
           return showsGroup(load.parent()) && load.field() == Field::Right;
         });
}

/// The parameters whose Groups lose something in a call of the function.
llvm::ArrayRef<SymbolId> GarbageModel::emptiedBy(FunctionId function) const {
  const SemanticModel &model = module_.model();
  std::optional<llvm::SmallVector<SymbolId, 1>> &known = emptied_[function];
  if (known)
    return *known;
  known.emplace();
  SyntaxNode definition = model.function(function).node;
  for (SyntaxNode node = definition; node && definition.contains(node); node = node.next()) {
    SyntaxNode container = emptiedAt(node);
    SymbolId symbol = container ? model.symbolOf(container) : kNoId;
    if (symbol == kNoId || model.symbol(symbol).bindings.empty())
      continue;
    const Binding &first = model.binding(model.symbol(symbol).bindings.front());
    if (first.kind == BindingKind::Parameter && first.function == function &&
        model.typeOf(container).name == "displayio.Group")
      known->push_back(symbol);
  }
  return *known;
}

/// Releases what Groups lose by `group.pop()`, `del group[0]`, and by `display.root_group =
/// other`; `isRepeated`: in a loop of its own (`while len(group): group.pop()`).
void GarbageModel::releaseFor(Pile &pile, SyntaxNode element, bool isRepeated) const {
  const SemanticModel &model = module_.model();
  auto release = [&](SyntaxNode container, Pile::Loss loss) {
    SymbolId emptied = model.symbolOf(container);
    if (emptied != kNoId && model.typeOf(container).name == "displayio.Group")
      pile.release([&](const Entry &entry) { return entry.container == emptied; }, loss, target_);
  };
  if (pile.entries().empty() || element.kind() == NodeKind::FunctionDefinition)
    return;
  if (SyntaxNode shrunk = emptiedAt(element); element.kind() == NodeKind::DeleteStatement && shrunk)
    return release(shrunk, Pile::Loss::Some);
  forEachCall(element, [&](SyntaxNode call) {
    if (SyntaxNode container = emptiedAt(call))
      release(container, lastNameOf(call) == "pop" && CallArguments(call).get(0) ? Pile::Loss::Some
                         : isRepeated                                            ? Pile::Loss::All
                                      : Pile::Loss::Last);
    // What a function puts into the Group that it is given, and then takes out again.
    if (FunctionId callee = model.calleeFunction(call); callee != kNoId)
      for (SymbolId emptied : emptiedBy(callee))
        pile.release([&](const Entry &entry) { return entry.container == emptied; },
                     Pile::Loss::Some, target_);
  });
  SyntaxNode show = showsGroup(element) ? element : element.firstChild();
  if (!showsGroup(show))
    return;
  // What stands before it in the same Group is shown now; what stands behind is the last call's.
  SymbolId shown = model.symbolOf(show.child(Field::Right));
  pile.release(
      [&](const Entry &entry) {
        bool isShownNow =
            entry.container == shown && entry.site->node.ordinal() < element.ordinal();
        return !isShownNow && isShownLocally(entry.container);
      },
      Pile::Loss::Some, target_);
}

void GarbageModel::enterCalls(Pile &pile, SyntaxNode element, Interval times) const {
  forEachCall(element, [&](SyntaxNode call) {
    FunctionId callee = module_.model().calleeFunction(call);
    if (callee == kNoId)
      return;
    const Effect &effect = effectOf(callee);
    bool reported = effect.summary.left.isAtLeast(target_.largeBytes());
    auto add = [&](Entry entry) {
      entry.temporaries = entry.temporaries * times;
      entry.value = entry.value * times;
      pile.add(entry, target_);
    };
    for (Entry entry : effect.left) {
      entry.reported |= reported && entry.hold == Hold::Nothing;
      add(entry);
    }
    if (effect.returned.empty())
      return;
    Hold hold = holdOf(call);
    for (Entry entry : effect.returned) {
      entry.hold = hold;
      if (hold == Hold::Container)
        findContainer(entry, call);
      add(entry);
    }
  });
}

std::unique_ptr<GarbageModel::Run> GarbageModel::runThrough(FunctionId function, LoopId loop,
                                                            const Pile &initial) const {
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
    Pile pile = run->starts[i];
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
  Pile left;
  for (Entry entry : run->end.entries()) {
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
  effect->summary.left =
      garbageOf(left, [](const Entry &entry) { return entry.released ? Part::None : Part::All; });
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

GarbageModel::Pile GarbageModel::pileAtEntry(FunctionId function) const {
  Pile heaviest;
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
    Pile pile = pileBefore(edge.call);
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
  Pile initial;
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

GarbageModel::Pile GarbageModel::pileBefore(SyntaxNode node) const {
  FunctionId function = module_.model().functionOf(node);
  FlowPoint point = module_.flow(function).graph.pointOf(node);
  if (point.block == kNoId)
    return {};
  LoopId loop = endlessLoopAround(node);
  const Run &run = steadyRun(function, loop);
  PassGraph::Index index = run.graph.indexOf(point.block);
  if (index == kNoId)
    return {};
  Pile pile = run.starts[index];
  for (uint32_t e = 0; e < point.index; ++e)
    evaluate(pile, function, loop, point.block, e);
  return pile;
}

// NOLINTEND(misc-no-recursion)

Garbage GarbageModel::waitingAt(SyntaxNode node, const AllocationSite *site) const {
  return garbageOf(pileBefore(node), [&](const Entry &entry) {
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
  Pile pile = runThrough(function, loop, {})->end;
  pile.replaceValues();
  return garbageOf(pile, [](const Entry &) { return Part::All; });
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
    Pile pile = run->starts[i];
    for (uint32_t e = 0; e < graph.block(block).elements.size(); ++e) {
      // What this pass has put in its place, the pass before has left.
      Pile replaced = pile;
      releaseFor(replaced, graph.block(block).elements[e], graph.block(block).loop != loop);
      replaced.replaceValues();
      Garbage before = garbageOf(replaced, [](const Entry &) { return Part::All; });
      const AllocationSite *site = longLivedIn(function, loop, graph.block(block).elements[e]);
      // A label lets go of its old text first, then makes the new.
      if (site != nullptr && site->kind == AllocationKind::LabelText)
        before.bytes = before.bytes + site->cost.retained;
      bool isBrief = llvm::any_of(run->end.entries(), [&](const Entry &entry) {
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
  if (holdOf(site.node) != Hold::Return)
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
