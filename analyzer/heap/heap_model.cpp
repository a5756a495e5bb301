#include "heap/heap_model.h"

#include "heap/allocation_finder.h"
#include "heap/bound_values.h"
#include "heap/collection.h"
#include "heap/document_reads.h"
#include "heap/function_summary.h"
#include "heap/growing_text.h"
#include "heap/label_churn.h"
#include "heap/label_writes.h"
#include "heap/name_liveness.h"
#include "heap/shown_picture.h"
#include "semantic/call_traits.h"

#include "llvm/ADT/BitVector.h"
#include "llvm/ADT/STLExtras.h"

namespace fraglint {

namespace {

/// As many pieces as this make one large amount.
constexpr int64_t kPiecesOfLarge = 4;
/// How deep values are followed into the functions that return them.
constexpr unsigned kCallDepth = 4;
/// How many calls a value is followed to that get it returned.
constexpr size_t kCallLimit = 32;

/// `x = None` where the name gets its first value: nothing is dropped.
bool isFirstBinding(const SemanticModel &model, const Deletion &deletion) {
  const Symbol &symbol = model.symbol(deletion.symbol);
  return deletion.statement.kind() != NodeKind::DeleteStatement && !symbol.bindings.empty() &&
         model.binding(symbol.bindings.front()).name == deletion.target;
}

/// Whether every path from `node` on ends in a reset or a deep sleep: what is made there is
/// gone with the rest of the heap.
bool endsProgram(const ControlFlowGraph &graph, SyntaxNode node) {
  llvm::BitVector seen(static_cast<unsigned>(graph.blocks().size()));
  llvm::SmallVector<BlockId, 8> work{graph.pointOf(node).block};
  while (!work.empty()) {
    BlockId id = work.pop_back_val();
    if (id == kNoId || id == graph.exit())
      return false;
    if (seen.test(id))
      continue;
    seen.set(id);
    for (FlowEdge edge : graph.block(id).successors) {
      if (edge.kind == EdgeKind::Back)
        return false;
      if (edge.kind != EdgeKind::Exception)
        work.push_back(edge.target);
    }
  }
  return true;
}

bool isModuleVariable(const SemanticModel &model, SymbolId symbol) {
  return model.scope(model.symbol(symbol).scope).kind == ScopeKind::Module;
}

/// Whether the value is a bitmap in RAM.
bool isPicture(const SemanticModel &model, const AllocationSite &site) {
  llvm::StringRef made = site.node.kind() == NodeKind::Call ? model.calleeName(site.node) : "";
  return made == "adafruit_imageload.load" || made == "displayio.Bitmap";
}

} // namespace

HeapModel::HeapModel(const Module &module, const Target &target)
    : module_(module), target_(target) {
  HeapFacts facts = findHeapFacts(module.model(), target);
  sites_ = std::move(facts.sites);
  deletions_ = std::move(facts.deletions);
  llvm::erase_if(deletions_, [&](const Deletion &deletion) {
    return isFirstBinding(module.model(), deletion);
  });
  labelWrites_ = findLabelWrites(module.model(), target);
  growingTexts_ = findGrowingTexts(module);
  addLabelTexts();
  longLived_.resize(sites_.size());
  collections_ = std::make_unique<CollectionModel>(module_, target_, sites_);
  setsThreshold_ = collections_->setsThreshold();
  judgeLabelWrites();
  garbage_ = std::make_unique<GarbageModel>(module_, target_, *collections_);
  findCallsAndLoops();
}

void HeapModel::addLabelTexts() {
  for (const LabelWrite &write : labelWrites_) {
    AllocationSite &site = sites_.emplace_back();
    site.node = write.target;
    site.kind = AllocationKind::LabelText;
    site.function = write.function;
    site.what =
        "the text of `" + write.target.child(Field::Object).text().take_front(40).str() + "`";
    if (!write.constructors.empty())
      site.label = write.constructors.front();
    // A label does nothing with the text that it has.
    site.cost.retained = {0, write.cost.bytes.hi};
    site.cost.requests.push_back({{0, write.cost.largest.hi}});
    site.cost.reason = write.cost.reason;
  }
  llvm::sort(sites_, [](const AllocationSite &a, const AllocationSite &b) {
    return a.node.ordinal() < b.node.ordinal();
  });
}

/// Texts that the passes of a loop change often cost what they cost.
void HeapModel::judgeLabelWrites() {
  for (const LabelWrite &write : labelWrites_) {
    std::optional<LabelChurn> churn = labelChurnOf(write, *this);
    labelChurns_.push_back(churn ? std::make_unique<const LabelChurn>(*churn) : nullptr);
    if (!churn || churn->change != TextChange::Often)
      continue;
    AllocationSite &site = sites_[siteAt(write.target) - sites_.data()];
    site.cost.retained.lo = write.cost.bytes.lo;
    site.cost.requests.front().bytes.lo = write.cost.largest.lo;
  }
}

void HeapModel::findCallsAndLoops() {
  const SemanticModel &model = module_.model();
  for (const CallEdge &edge : model.callEdges())
    if (!edge.call.hasError())
      calls_.push_back({edge.call, edge.caller, edge.callee});
  for (FunctionId function = 0; function < model.functions().size(); ++function) {
    if (model.function(function).isOpaque)
      continue;
    const ControlFlowGraph &graph = module_.flow(function).graph;
    for (LoopId loop = 0; loop < graph.loops().size(); ++loop)
      if (!graph.loop(loop).isCopy)
        loops_.push_back({graph.loop(loop).node, function, loop});
  }
}

const FunctionSummary &HeapModel::summary(FunctionId function) const {
  return garbage_->summary(function);
}

PassFacts HeapModel::onCallOf(FunctionId function, const AllocationSite &site) const {
  return garbage_->onCallOf(function, site);
}

Garbage HeapModel::waitingAt(const AllocationSite &site) const {
  return garbage_->waitingAt(site.node, &site);
}

Garbage HeapModel::garbagePerPass(const Loop &loop) const {
  return garbage_->perPass(loop.function, loop.id);
}

SettledObject HeapModel::settledAfterGarbage(const Loop &loop, int64_t least) const {
  return garbage_->settledAfterGarbage(loop.function, loop.id, least);
}

bool HeapModel::staysOn(const AllocationSite &site) const { return garbage_->staysOn(site); }

LoopId HeapModel::endlessLoopAround(SyntaxNode node) const {
  return garbage_->endlessLoopAround(node);
}

bool HeapModel::isHot(SyntaxNode node) const { return garbage_->isHot(node); }

bool HeapModel::mayCollectIn(FunctionId function, LoopId loop) const {
  return collections_->mayCollectIn(function, loop);
}

bool HeapModel::collectsOnDemand(FunctionId function, LoopId loop) const {
  return collections_->collectsOnDemand(function, loop);
}

HeapModel::~HeapModel() = default;

AllocationCost HeapModel::costWithTemporaries(const AllocationSite &site) const {
  AllocationCost whole;
  for (const AllocationSite *inner = &site + 1;
       inner != sites_.data() + sites_.size() && site.node.contains(inner->node); ++inner) {
    whole.requests.append(inner->cost.requests);
    whole.garbage = whole.garbage + inner->cost.retained + inner->cost.garbage;
  }
  whole.requests.append(site.cost.requests);
  whole.retained = site.cost.retained;
  whole.garbage = whole.garbage + site.cost.garbage;
  whole.reason = site.cost.reason;
  return whole;
}

Interval HeapModel::dataBytes(const AllocationSite &site) const {
  Interval bytes = site.cost.contiguous().bytes;
  for (const AllocationSite *inner = &site + 1;
       inner != sites_.data() + sites_.size() && site.node.contains(inner->node); ++inner)
    if (isTemporary(*inner))
      bytes = bytes + inner->cost.contiguous().bytes;
  return bytes;
}

bool HeapModel::isTemporary(const AllocationSite &site) const {
  // Arguments of a buffer are copied into it; elements of a display are kept by it.
  SyntaxNode list = site.node.parent();
  const AllocationSite *outer =
      list.kind() == NodeKind::ArgumentList ? siteAt(list.parent()) : nullptr;
  return outer != nullptr && outer->kind == AllocationKind::Buffer;
}

bool HeapModel::isLarge(const AllocationSite &site) const {
  return site.cost.contiguous().bytes.lo >= target_.largeBytes() || site.presumedLarge;
}

bool HeapModel::mayBeLarge(const AllocationSite &site) const {
  return site.presumedLarge || site.cost.contiguous().bytes.hi >= target_.largeBytes();
}

bool HeapModel::isBigPiece(const AllocationSite &site) const {
  int64_t taken = (site.cost.retained + site.cost.garbage).lo;
  return site.presumedLarge || taken >= target_.largeBytes() / kPiecesOfLarge;
}

Lifetime HeapModel::lifetime(const AllocationSite &site, LoopId loop) const {
  return lifetimeOf(site.node, loop);
}

Lifetime HeapModel::lifetime(const AllocationSite &site, const Repetition &repetition) const {
  if (repetition.calls.empty())
    return lifetimeOf(site.node, repetition.loop);
  Lifetime whole = lifetimeOf(site.node, kNoId);
  SyntaxNode made = site.node;
  for (SyntaxNode call : llvm::reverse(repetition.calls)) {
    auto returns = [](SyntaxNode keeper) { return keeper.kind() == NodeKind::ReturnStatement; };
    if (!whole.outlivesPass || !isReturned(made) ||
        !llvm::all_of(keepersOf(module_.model(), made), returns))
      break;
    SyntaxNode filler = whole.filler;
    whole = lifetimeOf(call, call == repetition.calls.front() ? repetition.loop : kNoId);
    if (filler)
      whole.filler = filler;
    made = call;
  }
  return whole;
}

/// What becomes of the value of `made` in its own function.
Lifetime HeapModel::lifetimeOf(SyntaxNode made, LoopId loop) const {
  const SemanticModel &model = module_.model();
  FunctionId function = model.functionOf(made);
  ValueHolders holders = followValue(model, made);
  Lifetime lifetime{static_cast<bool>(holders.keeper), holders.keeper, holders.filler};
  if (lifetime.outlivesPass || loop == kNoId)
    return lifetime;
  for (SymbolId holder : holders.symbols) {
    // A parameter of a callee is gone when the callee returns.
    const Symbol &symbol = model.symbol(holder);
    bool isOwn = llvm::any_of(symbol.bindings,
                              [&](BindingId id) { return model.binding(id).function == function; });
    if (isOwn && isReadAcrossPasses(module_, function, loop, holder))
      lifetime.outlivesPass = true;
  }
  return lifetime;
}

bool HeapModel::isInvariant(SyntaxNode expression, FunctionId function, LoopId loop) const {
  const SemanticModel &model = module_.model();
  SyntaxNode body = module_.flow(function).graph.loop(loop).node;
  for (SyntaxNode node = expression; node && expression.contains(node); node = node.next()) {
    if (node.kind() == NodeKind::Await || node.kind() == NodeKind::NamedExpression ||
        node.kind() == NodeKind::Yield)
      return false;
    if (node.kind() == NodeKind::Call) {
      const AllocationSite *site = siteAt(node);
      llvm::StringRef callee = node.child(Field::Function).text();
      if (!(site && site->kind == AllocationKind::Buffer) &&
          !llvm::is_contained({"len", "int", "min", "max", "abs", "round"}, callee))
        return false;
    }
    if (node.kind() != NodeKind::Identifier)
      continue;
    SymbolId symbol = model.symbolOf(node);
    if (symbol == kNoId)
      continue;
    for (BindingId id : model.symbol(symbol).bindings) {
      const Binding &binding = model.binding(id);
      // Bound in the loop, or by a function that the loop may call.
      if (body.contains(binding.name) ||
          (isModuleVariable(model, symbol) && binding.function != function &&
           !model.isModuleBody(binding.function)))
        return false;
    }
  }
  return true;
}

bool HeapModel::collects(SyntaxNode node) const {
  const FunctionFlow &flow = module_.flow(module_.model().functionOf(node));
  SyntaxNode element = flow.graph.elementOf(node);
  return element && collections_->collects(element);
}

bool HeapModel::mayCollectBehind(SyntaxNode node) const {
  return collections_->mayCollectBehind(node);
}

bool HeapModel::collectsEveryPass(FunctionId function, LoopId loop) const {
  return collections_->collectsEveryPass(function, loop);
}

bool HeapModel::survivesExhaustion(SyntaxNode node) const {
  FunctionId function = module_.model().functionOf(node);
  for (SyntaxNode up = node; up; up = up.parent()) {
    if (up.kind() != NodeKind::TryStatement || !up.child(Field::Body).contains(node) ||
        module_.model().functionOf(up) != function)
      continue;
    for (SyntaxNode handler : up.children())
      if (handler.kind() == NodeKind::ExceptClause &&
          handler.firstChild().text().contains("MemoryError"))
        return true;
  }
  return false;
}

const AllocationSite *HeapModel::siteAt(SyntaxNode node) const {
  const auto *site = llvm::lower_bound(
      llvm::ArrayRef(sites_), node.ordinal(),
      [](const AllocationSite &a, uint32_t ordinal) { return a.node.ordinal() < ordinal; });
  return site != llvm::ArrayRef(sites_).end() && site->node == node ? site : nullptr;
}

// NOLINTBEGIN(misc-no-recursion): kCallDepth bounds it.

void HeapModel::collectSites(SyntaxNode value, unsigned depth,
                             llvm::SmallVectorImpl<const AllocationSite *> &found) const {
  while (value.kind() == NodeKind::ParenthesizedExpression || value.kind() == NodeKind::Await)
    value = value.firstChild();
  if (const AllocationSite *site = siteAt(value)) {
    if (!llvm::is_contained(found, site))
      found.push_back(site);
    return;
  }
  if (value.kind() == NodeKind::ConditionalExpression) {
    for (SyntaxNode arm : value.children())
      if (const AllocationSite *site = siteAt(arm))
        found.push_back(site);
    return;
  }
  if (value.kind() != NodeKind::Call || depth == 0)
    return;
  // What a function of the module makes and returns.
  const SemanticModel &model = module_.model();
  FunctionId callee = model.calleeFunction(value);
  if (callee == kNoId || model.function(callee).isGenerator)
    return;
  SyntaxNode definition = model.function(callee).node;
  for (SyntaxNode node = definition; node && definition.contains(node); node = node.next()) {
    if (node.kind() != NodeKind::ReturnStatement || model.functionOf(node) != callee)
      continue;
    for (SyntaxNode returned : valuesOf(model, node.firstChild()))
      collectSites(returned, depth - 1, found);
  }
}

// NOLINTEND(misc-no-recursion)

llvm::SmallVector<const AllocationSite *, 2> HeapModel::droppedBy(const Deletion &deletion) const {
  const SemanticModel &model = module_.model();
  const Symbol &symbol = model.symbol(deletion.symbol);
  bool isInstance = model.scope(symbol.scope).kind == ScopeKind::Instance;
  if (symbol.bindings.size() > kBindingLimit)
    return {};
  llvm::SmallVector<const AllocationSite *, 2> found;
  for (BindingId id : symbol.bindings) {
    const Binding &binding = model.binding(id);
    if (binding.kind == BindingKind::Parameter || binding.kind == BindingKind::Import ||
        binding.kind == BindingKind::Function || binding.kind == BindingKind::Class)
      return {}; // the caller, or the module table, holds it too
    // Before the end of its constructor no other method has bound an attribute.
    bool isConstructor = model.function(deletion.function).name == "__init__";
    if (isInstance && isConstructor && binding.function != deletion.function)
      continue;
    if ((!isInstance || isConstructor) && binding.function == deletion.function &&
        !reaches(module_, binding, deletion.target))
      continue;
    for (SyntaxNode value : unpackedValues(model, binding))
      collectSites(value, kCallDepth, found);
  }
  if (found.empty() ||
      llvm::any_of(found, [](const AllocationSite *s) { return s->heldByLibrary; }))
    return {};
  // Something else that refers to the same object keeps it alive.
  ValueHolders holders = followSymbol(model, deletion.symbol);
  if (holders.keeper)
    return {};
  for (SymbolId other : holders.symbols) {
    bool isDropped = isDroppedBy(deletion, other);
    bool isOwn = llvm::any_of(model.symbol(other).bindings, [&](BindingId id) {
      return model.binding(id).function == deletion.function;
    });
    if (other != deletion.symbol && isOwn && !isDropped)
      return {};
  }
  return found;
}

/// Whether `symbol` has been given up when the row of deletions that `deletion` is one of is done.
bool HeapModel::isDroppedBy(const Deletion &deletion, SymbolId symbol) const {
  SyntaxNode next = deletion.statement;
  for (const Deletion &other : deletions_) {
    if (other.statement == next.followingStatement())
      next = other.statement;
    bool isEarlier = other.statement.ordinal() <= next.ordinal();
    if (isEarlier && other.symbol == symbol && other.function == deletion.function)
      return true;
  }
  return false;
}

bool HeapModel::growsLater(SymbolId symbol) const {
  const SemanticModel &model = module_.model();
  for (BindingId id : model.symbol(symbol).bindings)
    if (model.binding(id).kind == BindingKind::AugmentedAssignment)
      return true;
  for (SyntaxNode load : model.symbol(symbol).references) {
    SyntaxNode parent = load.parent();
    if (parent.kind() == NodeKind::Subscript && parent.field() == Field::Left)
      return true;
    if (parent.kind() == NodeKind::Attribute && parent.field() == Field::Function &&
        llvm::is_contained({"append", "extend", "insert", "add", "update", "setdefault"},
                           parent.child(Field::Attribute).text()))
      return true;
    SyntaxNode list = parent.kind() == NodeKind::KeywordArgument ? parent.parent() : parent;
    if (list.kind() == NodeKind::ArgumentList && !libraryRowOf(model, list.parent()))
      return true;
  }
  return false;
}

bool HeapModel::growsLater(const AllocationSite &site) const {
  SyntaxNode assignment = site.node.parent();
  if (assignment.kind() != NodeKind::Assignment)
    return false;
  SymbolId symbol = module_.model().symbolOf(assignment.child(Field::Left));
  return symbol != kNoId && growsLater(symbol);
}

bool HeapModel::isLongLived(const AllocationSite &site) const {
  std::optional<bool> &answer = longLived_[&site - sites_.data()];
  if (!answer)
    answer = site.kind == AllocationKind::LabelText ||
             (site.kind != AllocationKind::Text && outlivesItsCode(site));
  return *answer;
}

bool HeapModel::outlivesItsCode(const AllocationSite &site) const {
  ValueHolders holders = followValue(module_.model(), site.node);
  if (holders.keeper)
    return holders.keeper.kind() != NodeKind::ReturnStatement &&
           holders.keeper.kind() != NodeKind::RaiseStatement;
  return llvm::any_of(holders.symbols,
                      [&](SymbolId symbol) { return isModuleVariable(module_.model(), symbol); });
}

/// What still shows the picture of an earlier pass or call when `made`
/// makes the next one; null where it may show something else by then.
SyntaxNode HeapModel::displayStillShowing(SyntaxNode made) const {
  SyntaxNode own = rootShowing(module_, made);
  if (!own)
    return {};
  if (!displayWrites_)
    displayWrites_ = displayWrites(module_.model());
  for (SyntaxNode write : *displayWrites_) {
    auto showsPicture = [&](const AllocationSite &site) {
      return isLarge(site) && isPicture(module_.model(), site) &&
             rootShowing(module_, site.node) == write;
    };
    bool isOwnFunction = module_.model().functionOf(write) == module_.model().functionOf(made);
    if (!(write == own) && isHot(write) && (isOwnFunction || llvm::none_of(sites_, showsPicture)))
      return {};
  }
  return own;
}

std::optional<Coexistence> HeapModel::coexistenceAt(SyntaxNode made,
                                                    const AllocationSite &site) const {
  if (isPicture(module_.model(), site))
    if (SyntaxNode display = displayStillShowing(made)) {
      FunctionId function = module_.model().functionOf(made);
      SyntaxNode target = display.kind() == NodeKind::Call
                              ? display.child(Field::Function).child(Field::Object)
                              : display;
      return Coexistence{{target, made.statement(), kNoId, function}, display, &site};
    }
  std::optional<Rebinding> rebinding = rebindingOf(module_, made);
  const Binding *held = rebinding ? bindingStillHeld(module_, *rebinding) : nullptr;
  SyntaxNode old = held != nullptr ? boundValue(*held) : SyntaxNode();
  if (old)
    old = originOf(module_, old, rebinding->symbol);
  if (!old)
    return std::nullopt;
  llvm::SmallVector<const AllocationSite *, 2> sites;
  collectSites(old, kCallDepth, sites);
  for (const AllocationSite *older : sites)
    if (isLarge(*older))
      return Coexistence{*rebinding, {}, older};
  return std::nullopt;
}

std::optional<Coexistence> HeapModel::coexistence(const AllocationSite &site) const {
  llvm::SmallVector<SyntaxNode, 8> made{site.node};
  for (size_t next = 0; next < made.size() && next < kCallLimit; ++next) {
    if (std::optional<Coexistence> both = coexistenceAt(made[next], site))
      return both;
    if (!isReturned(made[next]))
      continue;
    for (const CallEdge &edge : module_.callersOf(module_.model().functionOf(made[next])))
      if (isHot(edge.call) && !llvm::is_contained(made, edge.call))
        made.push_back(edge.call);
  }
  return std::nullopt;
}

/// Whether the function that makes the value returns all of it, under a name or not.
bool HeapModel::isReturned(SyntaxNode made) const {
  const SemanticModel &model = module_.model();
  made = wholeAround(model, made);
  SyntaxNode holder = made.parent();
  if (holder.kind() == NodeKind::ReturnStatement)
    return true;
  SyntaxNode target = holder.child(Field::Left);
  SymbolId symbol = holder.kind() == NodeKind::Assignment && made.field() == Field::Right
                        ? model.symbolOf(target)
                        : kNoId;
  if (symbol == kNoId || model.symbol(symbol).bindings.size() > kBindingLimit)
    return false;
  return llvm::any_of(model.symbol(symbol).bindings, [&](BindingId id) {
    const Binding &binding = model.binding(id);
    return binding.name == target &&
           llvm::any_of(model.symbol(symbol).references, [&](SyntaxNode use) {
             return use.parent().kind() == NodeKind::ReturnStatement &&
                    model.functionOf(use) == binding.function && reaches(module_, binding, use);
           });
  });
}

const AllocationSite *HeapModel::nextUncollected(FunctionId function, SyntaxNode node) const {
  if (endsProgram(module_.flow(function).graph, node))
    return nullptr;
  const AllocationSite *large = collections_->nextBeforeCollect(
      function, node, [&](const AllocationSite &site) { return isLarge(site); });
  if (large != nullptr)
    return large;
  return collections_->nextBeforeCollect(
      function, node, [&](const AllocationSite &site) { return isLongLived(site); });
}

const AllocationSite *HeapModel::nextUncollected(const Deletion &deletion) const {
  const AllocationSite *next = nextUncollected(deletion.function, deletion.statement);
  return next != nullptr ? next : nextGrowth(deletion.function, deletion.statement);
}

/// A full list asks for one new run of twice the size when something is appended to it.
const AllocationSite *HeapModel::nextGrowth(FunctionId function, SyntaxNode node) const {
  if (endsProgram(module_.flow(function).graph, node))
    return nullptr;
  if (!growthCollections_) {
    growths_ = findGrowths(module_.model());
    growthCollections_ = std::make_unique<CollectionModel>(module_, target_, growths_);
  }
  return growthCollections_->nextBeforeCollect(function, node,
                                               [](const AllocationSite &) { return true; });
}

const AllocationSite *HeapModel::nextUncollected(const CallSite &call) const {
  return nextUncollected(call.caller, call.call);
}

} // namespace fraglint
